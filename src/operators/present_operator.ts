import type { ConsoleSessionRow } from '../storage/index.ts';
import type { Operator, OperatorKeys, OperatorPeople } from './operator.ts';

export interface PresenceDeps {
  readonly keys: OperatorKeys;
  /** Undefined: nobody signs in through Postern itself. */
  readonly people: OperatorPeople | undefined;
  /** Whether a key opens the console only together with a second factor. */
  readonly second_factor_required: boolean;
}

/** Whose session this is, by what the key or the sign-in behind it is worth at this moment; undefined once it is worth nothing. */
export async function operator_of(deps: PresenceDeps, row: ConsoleSessionRow): Promise<Operator | undefined> {
  if (row.kind === 'user') {
    const operator = await deps.people?.of_grant(row.credential_hash);
    return operator?.actor.id === row.subject_id ? operator : undefined;
  }
  const key = await deps.keys.of_hash(row.credential_hash);
  return key?.id === row.subject_id ? key.operator : undefined;
}

/** Whether this session may do nothing yet but show, or set up, a second factor. */
export const wants_factor = ({ second_factor_required }: PresenceDeps, { kind, factor }: ConsoleSessionRow): boolean =>
  factor === 'wanted' || (kind === 'admin_key' && factor === 'none' && second_factor_required);
