import { rfc3339 } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';
import { wants_factor } from './present_operator.ts';
import type { SecondFactors, SecondFactorView } from './second_factors.ts';
import { csrf_of } from './session_cookie.ts';
import { IDLE_MS } from './sessions.ts';
import type { Visit, VisitDeps } from './visit.ts';

export interface ViewDeps extends VisitDeps {
  readonly storage: Storage;
  readonly factors: SecondFactors;
  readonly version: string;
  /** Where this installation's mock partners are switched. */
  readonly mocks: readonly string[];
}

/** How far somebody is, and what the page needs for the next step. */
export type SessionView =
  | { readonly state: 'signed_out'; readonly ways: Ways }
  | ({ readonly state: 'second_factor'; readonly kinds: readonly ('totp' | 'passkey' | 'recovery_code')[] } & Known)
  | ({ readonly state: 'must_enrol' } & Known)
  | ({ readonly state: 'signed_in' } & Known & SignedIn);

interface Ways {
  readonly admin_key: true;
  /** The slug of the organization whose people sign in through Postern; null: nobody does. */
  readonly organization: string | null;
}

interface Known {
  /** For the header `x-postern-csrf` of every other request. */
  readonly csrf: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
}

interface SignedIn {
  readonly role: string;
  /** The only one that there is for this operator; null: all are. */
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string } | null;
  /** Null for whoever signed in through Postern: their identity provider asked for it. */
  readonly second_factor: {
    readonly passed: boolean;
    readonly required: boolean;
    readonly enrolled: readonly SecondFactorView[];
    readonly recovery_codes_left: number;
  } | null;
  readonly ends_at: string;
  readonly idle_seconds: number;
  readonly version: string;
  /** How many mock partners the console can switch. */
  readonly mocks: number;
}

export const signed_out_view = ({ people }: VisitDeps): SessionView => ({
  state: 'signed_out',
  ways: { admin_key: true, organization: people?.organization ?? null },
});

export async function session_view(deps: ViewDeps, { token, row, operator }: Visit): Promise<SessionView> {
  const { kind, id = '', name = id } = operator.actor;
  const known = { csrf: csrf_of(token), actor: { kind, id, name } };
  const enrolled = row.kind === 'admin_key' ? await deps.factors.rows(row.subject_id) : [];
  const recovery_codes_left = enrolled.length === 0 ? 0 : await deps.factors.codes_left(row.subject_id);
  if (wants_factor(deps, row)) {
    if (enrolled.length === 0) return { state: 'must_enrol', ...known };
    const kinds = [...new Set(enrolled.map((factor) => factor.kind)), ...(recovery_codes_left > 0 ? (['recovery_code'] as const) : [])];
    return { state: 'second_factor', ...known, kinds };
  }
  const organization =
    operator.role === 'org_admin' ? await deps.storage.gateway.organizations.find_one({ id: operator.organization_id }) : undefined;
  return {
    state: 'signed_in',
    ...known,
    role: operator.role,
    organization: organization === undefined ? null : { id: organization.id, slug: organization.slug, name: organization.name },
    second_factor:
      row.kind === 'user'
        ? null
        : {
            ...{ passed: row.factor === 'passed', required: deps.second_factor_required, recovery_codes_left },
            enrolled: await deps.factors.list(row.subject_id),
          },
    ends_at: rfc3339(row.ends_at),
    idle_seconds: IDLE_MS / 1000,
    version: deps.version,
    mocks: deps.mocks.length,
  };
}
