import type { Act } from '../../audit/index.ts';
import { NotFound } from '../../kernel/index.ts';
import type { Collection, Shown } from '../collection.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { insert_versioned, type Kind, make_versioned, type VersionedRow } from '../versioned.ts';
import { new_hook_secret, seal_hook_secret, with_new_secret } from './secrets.ts';

export type WithSecret<View> = View & { readonly secret: string };

/** Hooks of either sort: whoever makes one is shown the secret that signs what it is sent. */
export interface HookCollection<View> extends Collection<View, WithSecret<View>> {
  update(id: string, patch: unknown, act: Act, if_match?: number): Promise<Shown<View>>;
  /** A new secret, shown this once; the one before signs beside it for a day. @throws NotFound */
  rotate_secret(id: string, act: Act): Promise<Shown<WithSecret<View>>>;
}

interface HookRow extends VersionedRow {
  readonly sealed_secrets: string;
  readonly updated_at: number;
}

export function make_hook_collection<Row extends HookRow, View extends Record<string, unknown>>(
  deps: OrganizationsDeps,
  kind: Kind<Row, View>,
): HookCollection<View> {
  const { storage, now } = deps;
  const { seal } = storage;
  return {
    ...make_versioned(deps, kind),
    async create(body, act) {
      const row = await kind.make(body, act);
      const secret = new_hook_secret();
      await insert_versioned(deps, kind, { ...row, sealed_secrets: seal_hook_secret(seal, row.id, secret) }, act);
      return { view: { ...kind.present(row), secret }, version: 1 };
    },
    rotate_secret: (id, act) =>
      storage.transact(async (tx) => {
        await tx.config_changed(); // its row lock lets one process at a time
        const row = await kind.writes(tx).find_one({ id });
        if (row === undefined) throw new NotFound(kind.name.replaceAll('_', ' '));
        const at = now();
        const secret = new_hook_secret();
        const sealed_secrets = with_new_secret(seal, id, row.sealed_secrets, secret, at);
        const next: Row = { ...row, sealed_secrets, updated_at: at, version: row.version + 1 };
        await kind.writes(tx).update({ id, version: row.version }, next);
        const target = { kind: kind.name, id, name: kind.label(row) };
        await deps.record(tx, act, { type: `${kind.name}.secret_rotated`, org_id: null, target });
        return { view: { ...kind.present(next), secret }, version: next.version };
      }),
  };
}
