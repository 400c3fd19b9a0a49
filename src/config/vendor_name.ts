import type { Settings } from './parse.ts';

/** What partners read as the name of whoever runs this. */
export const vendor_name = ({ name, issuer }: Pick<Settings, 'name' | 'issuer'>): string => name ?? new URL(issuer).host;
