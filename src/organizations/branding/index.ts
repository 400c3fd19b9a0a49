/** How organizations and apps present themselves: names, colours, contacts, logos, an app's own words. */
export { find_logo, keep_logos, sweep_logos } from './logos.ts';
export { branding } from './schema.ts';
export { texts } from './texts.ts';
