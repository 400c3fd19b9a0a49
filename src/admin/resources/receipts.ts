import { receipt_schemas } from '../../audit/index.ts';
import { NotFound } from '../../kernel/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { org_of, param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { BOUND } from './organizations.ts';

/** Proof that access ended, also of a person who is gone. */
export function receipt_routes({ receipts, users }: ResourceDeps): Route[] {
  const receipt = named('receipt', receipt_schemas.receipt);
  return [
    {
      ...{ method: 'get', path: `${BOUND}/receipts`, permission: 'users.read', paged: true },
      summary: 'List receipts of ended access, newest first',
      answer: { status: 200, shape: listed(receipt) },
      handle: async (call) => ({ status: 200, body: await receipts.list(org_of(call), call.list) }),
    },
    {
      ...{ method: 'get', path: `${BOUND}/receipts/:id`, permission: 'users.read' },
      summary: 'Read a receipt: each session and app, and whether the app was told',
      answer: { status: 200, shape: receipt },
      handle: async (call) => ({ status: 200, body: await receipts.get(org_of(call), param(call, 'id')) }),
    },
    {
      ...{ method: 'get', path: `${BOUND}/users/:user_id/receipts`, permission: 'users.read', paged: true },
      summary: 'List the receipts of a person, also of one who is gone',
      answer: { status: 200, shape: listed(receipt) },
      async handle(call) {
        const [org_id, user_id] = [org_of(call), param(call, 'user_id')];
        const page = await receipts.list(org_id, { ...call.list, user_id });
        // of somebody who never was, nothing is known
        if (page.data.length === 0) await users.users(org_id).get(user_id).catch(missing);
        return { status: 200, body: page };
      },
    },
  ];
}

const missing = (error: unknown): never => {
  throw error instanceof NotFound ? new NotFound('user') : error;
};
