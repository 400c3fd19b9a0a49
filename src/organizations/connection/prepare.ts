import { ConnectorError, type ConnectorType } from '../../../connectors/connector.ts';
import { type FieldProblem, InvalidInput } from '../../kernel/index.ts';
import type { ConnectionRow, Protocol } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { type Body, is_object } from '../merge_patch.ts';
import { problems_of, require_shallow, wrong } from '../parse.ts';
import { connection_create } from './schema.ts';
import { FETCHED, settle_settings, type StoredSettings } from './settings.ts';

const PROTOCOLS: readonly Protocol[] = ['saml', 'oidc', 'ldap'];

export interface Prepared {
  readonly fields: Pick<ConnectionRow, 'protocol' | 'name' | 'enabled' | 'attribute_mapping' | 'provisioning'>;
  readonly stored: StoredSettings;
  readonly config: unknown;
}

/** Reads a whole body, the protocol's block with its connector. @throws InvalidInput 422 with every wrong field of both */
export function prepare_connection(deps: Pick<OrganizationsDeps, 'connector_types'>, body: unknown, before?: StoredSettings): Prepared {
  require_shallow(body);
  const read = connection_create.safeParse(body);
  const problems: FieldProblem[] = read.success ? [] : problems_of(read.error);
  const given: Body = is_object(body) ? body : {};
  const protocol = PROTOCOLS.find((name) => name === given['protocol']);
  if (protocol === undefined) throw wrong(problems);
  for (const other of PROTOCOLS)
    if (other !== protocol && given[other] !== undefined) problems.push({ path: other, message: `is not of a ${protocol} connection` });
  const block = given[protocol] ?? {};
  if (!is_object(block)) throw wrong(problems);
  const settled = settle_settings(deps.connector_types[protocol], block, before);
  if (!settled.ok) problems.push(...settled.problems);
  if (!read.success || !settled.ok || problems.length > 0) throw wrong(problems);
  const { name, enabled, attribute_mapping, provisioning } = read.data;
  return { fields: { protocol, name, enabled, attribute_mapping, provisioning }, stored: settled.stored, config: settled.config };
}

export type Resolved = Readonly<Record<string, unknown>>;

/** Reads once what the partner publishes. @throws InvalidInput 422 that names the field whose address did not answer as it must */
export async function resolve_partner(
  deps: Pick<OrganizationsDeps, 'egress' | 'now'>,
  type: ConnectorType<unknown>,
  config: unknown,
): Promise<Resolved> {
  if (type.resolve === undefined) return {};
  try {
    return await type.resolve(config, { fetch: deps.egress.fetch, now: deps.now });
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const message = `${error.message.replace(/\.?$/, '.')}${error.fix === undefined ? '' : ` ${error.fix}`}`;
    throw new InvalidInput('partner_unreadable', 'What the partner publishes could not be read.', {
      status: 422,
      fields: [{ path: `${type.protocol}.${FETCHED[type.protocol]}`, message }],
      cause: error,
      detail: `${error.reason}: ${error.message}`,
    });
  }
}
