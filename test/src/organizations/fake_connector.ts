import type { Check, Connector, ConnectorType, FieldError, Tools } from '../../../connectors/connector.ts';
import { ConnectorError } from '../../../connectors/connector.ts';
import type { Protocol } from '../../../src/storage/index.ts';

/** What the partner does, and what it saw. */
export interface FakePartner {
  down: boolean;
  /** Configs for which it was asked what it publishes. */
  readonly asked: Record<string, unknown>[];
  readonly opened: { config: Record<string, unknown>; tools: Tools; resolved: Readonly<Record<string, unknown>> }[];
  closed: number;
  published: Record<string, unknown>;
  preflight: () => Promise<readonly Check[]>;
}

interface Shape {
  readonly needs: readonly string[];
  readonly may: readonly string[];
  readonly secrets: readonly string[];
  readonly endpoints: readonly string[];
  readonly publishes: boolean;
}

const shapes: Readonly<Record<Protocol, Shape>> = {
  saml: { needs: ['metadata_url'], may: ['sp_entity_id', 'default_client_id'], secrets: [], endpoints: ['metadata_url'], publishes: true },
  oidc: {
    needs: ['issuer', 'client_id'],
    may: ['client_secret', 'private_key_jwt', 'scopes', 'discovery'],
    secrets: ['client_secret'],
    endpoints: ['issuer', 'discovery'],
    publishes: true,
  },
  ldap: {
    needs: ['urls', 'bind_dn', 'bind_password'],
    may: ['base_dn', 'sync'],
    secrets: ['bind_password'],
    endpoints: ['urls'],
    publishes: false,
  },
};

/** Three protocols that know which of their settings are there, and nothing more. */
export function fake_types(partner: FakePartner): Record<Protocol, ConnectorType<unknown>> {
  return { saml: fake_type('saml', partner), oidc: fake_type('oidc', partner), ldap: fake_type('ldap', partner) };
}

function fake_type(protocol: Protocol, partner: FakePartner): ConnectorType<unknown> {
  const { needs, may, secrets, endpoints, publishes } = shapes[protocol];
  return {
    protocol,
    secrets,
    endpoints,
    parse(settings) {
      const given = settings as Record<string, unknown>; // the room hands over an object
      const errors: FieldError[] = needs
        .filter((name) => given[name] === undefined)
        .map((name) => ({ path: `${protocol}.${name}`, message: 'is missing' }));
      for (const name of Object.keys(given))
        if (![...needs, ...may].includes(name)) errors.push({ path: `${protocol}.${name}`, message: 'is not a setting' });
      return errors.length > 0 ? { ok: false, errors } : { ok: true, config: given };
    },
    ...(publishes && {
      async resolve(config: unknown) {
        partner.asked.push(config as Record<string, unknown>); // what parse made
        if (partner.down) throw new ConnectorError('unreachable', 'connection refused', { fix: 'Start it.' });
        return partner.published;
      },
    }),
    open(config, tools, resolved): Connector {
      partner.opened.push({ config: config as Record<string, unknown>, tools, resolved }); // what parse made
      return {
        kind: 'credential',
        verify: async () => ({ ok: false, reason: 'denied', detail: 'nobody' }),
        preflight: () => partner.preflight(),
        async close() {
          partner.closed++;
        },
      };
    },
  };
}
