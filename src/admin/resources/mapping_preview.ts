import { z } from 'zod';
import type { ResourceDeps } from '../deps.ts';
import { map_attributes, type Mapping } from '../../linking/index.ts';
import { schemas } from '../../organizations/index.ts';
import { body_problems } from '../body_problems.ts';
import { org_of, param, type Route } from '../route.ts';
import { named } from '../shapes.ts';
import { BOUND } from './organizations.ts';

/** Sign-ins that are looked at: the newest. */
const MOST = 20;

const preview_body = z.strictObject({
  /** Null: the one of the protocol. Absent: the one that the connection has. */
  attribute_mapping: schemas.connection_create.shape.attribute_mapping.unwrap().optional(),
});

const previewed = z.object({
  reference: z.string(),
  at: z.iso.datetime(),
  purpose: z.enum(['login', 'test']),
  /** What the partner sent, under its own names. */
  sent: z.record(z.string(), z.array(z.string())),
  ok: z.boolean(),
  /** The person who would result; null when something that is required is missing. */
  person: z.record(z.string(), z.unknown()).nullable(),
  missing: z.array(z.string()),
  ignored: z.array(z.string()),
});

/** As `login` records it. */
const said = z.object({ subject: z.string(), attributes: z.record(z.string(), z.array(z.string())) });

/** What a mapping would make of people who have signed in already. */
export function mapping_preview_routes({ organizations, audit }: ResourceDeps): Route[] {
  return [
    {
      // it shows what partners said about people: for those who may change it
      ...{ method: 'post', path: `${BOUND}/connections/:id/preview-mapping`, permission: 'connections.write' },
      summary: 'What an attribute mapping would make of the recorded sign-ins of a connection, without changing anything',
      body: named('attribute mapping preview', preview_body),
      answer: { status: 200, shape: named('previewed attribute mapping', z.object({ sign_ins: z.array(previewed) })) },
      async handle(call) {
        const result = preview_body.safeParse(call.body);
        if (!result.success) throw body_problems(result.error);
        const org_id = org_of(call);
        const { view } = await organizations.connections(org_id).get(param(call, 'id'));
        const mapping = result.data.attribute_mapping === undefined ? view.attribute_mapping : result.data.attribute_mapping;
        const { data } = await audit.list_traces({ limit: MOST, connection_id: view.id, organization_id: org_id });
        const sign_ins = await Promise.all(
          data.map(async ({ reference, started_at, purpose }) => {
            const { personal } = await audit.find_trace(reference, { personal: true, org_id });
            const heard = said.safeParse(personal);
            if (!heard.success) return [];
            const { subject, attributes } = heard.data;
            // the mapping was parsed: read from the row, or just now
            const mapped = map_attributes(mapping as Mapping | null, view.protocol, { subject, attributes });
            return [
              {
                ...{ reference, purpose, at: started_at, sent: attributes, ok: mapped.ok, ignored: [...mapped.ignored] },
                ...(mapped.ok ? { person: { ...mapped.person }, missing: [] } : { person: null, missing: [...mapped.missing] }),
              },
            ];
          }),
        );
        return { status: 200, body: { sign_ins: sign_ins.flat() } };
      },
    },
  ];
}
