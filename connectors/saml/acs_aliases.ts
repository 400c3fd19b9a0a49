import type { Tools } from '../connector.ts';
import type { SamlConfig } from './settings.ts';

/** The whole addresses of the other paths that answers may come to: at the origin of our own, and nowhere else. */
export const alias_urls = ({ acs_aliases }: Pick<SamlConfig, 'acs_aliases'>, { callback_url }: Pick<Tools, 'callback_url'>): string[] =>
  acs_aliases.map((path) => new URL(path, callback_url).href);
