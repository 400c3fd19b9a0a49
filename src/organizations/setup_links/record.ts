import type { Act } from '../../audit/index.ts';
import type { OrgId } from '../../kernel/index.ts';
import type { SetupLinkRow, Tx } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';

export type LinkEvent = 'created' | 'deleted' | 'opened' | 'progressed' | 'finished' | 'revoked' | 'approval_requested' | 'approved';

/** In the record and to event hooks: by id and name. Its token is in neither. */
export const record_link = (
  { record }: Pick<OrganizationsDeps, 'record'>,
  tx: Tx,
  act: Act,
  row: SetupLinkRow,
  what: LinkEvent,
  after?: Record<string, unknown>,
): Promise<void> =>
  record(tx, act, {
    type: `setup_link.${what}`,
    org_id: row.org_id as OrgId, // a row comes from its organization's store
    target: { kind: 'setup_link', id: row.id, name: row.name },
    ...(after !== undefined && { after }),
  });
