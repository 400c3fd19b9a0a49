import { dead_letter_schemas, run_schemas } from '../../directory/index.ts';
import { schemas } from '../../organizations/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { mount_collection } from '../mount_collection.ts';
import { param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { read_and_write } from './organizations.ts';

const TARGETS = '/scim-targets';
const TARGET = `${TARGETS}/:target_id`;

/** Where the people of the vendor's apps are told to them by SCIM; loads, comparisons, and what could not be told. */
export function scim_target_routes({ organizations: room, outbound }: ResourceDeps): Route[] {
  const run = named('SCIM run', run_schemas.scim_run);
  const dead_letter = named('SCIM dead letter', dead_letter_schemas.dead_letter);
  return [
    ...mount_collection({
      path: TARGETS,
      noun: 'SCIM target',
      permissions: read_and_write('scim_targets'),
      view: schemas.scim_target,
      create: schemas.scim_target_create,
      patch: schemas.scim_target_patch,
      filters: { client_id: schemas.scim_target.shape.client_id, name: schemas.scim_target.shape.name },
      of: () => room.scim_targets,
    }),
    {
      ...{ method: 'post', path: `${TARGET}/load`, permission: 'scim_targets.write' },
      summary: 'Tell a SCIM target everybody, or say what would be told',
      body: named('SCIM load', run_schemas.scim_load),
      answer: { status: 201, shape: run },
      handle: async (call) => started(await outbound.runs.load(param(call, 'target_id'), call.body, call.act)),
    },
    {
      ...{ method: 'post', path: `${TARGET}/drift-check`, permission: 'scim_targets.write' },
      summary: 'Compare what a SCIM target has with what it should have, and mend it where asked for',
      body: named('SCIM drift check', run_schemas.scim_drift_check),
      answer: { status: 201, shape: run },
      handle: async (call) => started(await outbound.runs.drift_check(param(call, 'target_id'), call.body, call.act)),
    },
    {
      ...{ method: 'get', path: `${TARGET}/runs`, permission: 'scim_targets.read', paged: true },
      summary: 'List loads and comparisons of a SCIM target, newest first',
      answer: { status: 200, shape: listed(run) },
      handle: async (call) => ({ status: 200, body: await outbound.runs.list(param(call, 'target_id'), call.list) }),
    },
    {
      ...{ method: 'get', path: `${TARGET}/runs/:id`, permission: 'scim_targets.read' },
      summary: 'Read a load or a comparison: how far it is, and what it found',
      answer: { status: 200, shape: run },
      handle: async (call) => ({ status: 200, body: await outbound.runs.get(param(call, 'target_id'), param(call, 'id')) }),
    },
    {
      ...{ method: 'get', path: `${TARGET}/dead-letters`, permission: 'scim_targets.read', paged: true },
      summary: 'List what a SCIM target could not be told, newest first',
      answer: { status: 200, shape: listed(dead_letter) },
      handle: async (call) => ({ status: 200, body: await outbound.dead_letters.list(param(call, 'target_id'), call.list) }),
    },
    {
      ...{ method: 'post', path: `${TARGET}/resend`, permission: 'scim_targets.write' },
      summary: 'Tell a SCIM target once more what was given up: all of it, or the named dead letters',
      body: named('SCIM resend', dead_letter_schemas.scim_resend),
      answer: { status: 200, shape: named('SCIM resent', dead_letter_schemas.scim_resent) },
      handle: async (call) => ({ status: 200, body: await outbound.dead_letters.resend(param(call, 'target_id'), call.body) }),
    },
  ];
}

const started = (body: { readonly id: string; readonly target_id: string }) =>
  ({ status: 201, body, location: `${TARGETS}/${encodeURIComponent(body.target_id)}/runs/${encodeURIComponent(body.id)}` }) as const;
