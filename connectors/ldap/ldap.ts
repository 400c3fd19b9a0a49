import type { ConnectorType } from '../connector.ts';
import { people } from './people.ts';
import { make_pool } from './pool.ts';
import { preflight } from './preflight.ts';
import { type LdapConfig, parse_settings } from './settings.ts';
import { verify } from './verify.ts';

/** LDAP directories and Active Directory: the password is typed at Postern and checked by the directory. */
export const ldap: ConnectorType<LdapConfig> = {
  protocol: 'ldap',
  parse: parse_settings,
  secrets: ['bind_password'],
  // weaker encryption would send the stored password to whoever listens
  endpoints: ['urls', 'tls'],
  open(config, tools) {
    const pool = make_pool(config, tools);
    return {
      kind: 'credential',
      verify: (credentials, call) => verify({ config, pool, tools }, credentials, call),
      preflight: (call) => preflight(config, tools, call),
      directory: { people: (call, since, read_up_to) => people(config, { pool, now: () => tools.now() }, call, since, read_up_to) },
      async close() {
        pool.close();
      },
    };
  },
};
