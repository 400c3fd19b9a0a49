import type { AuditEventView } from '../views.ts';

/** An event as it is exported: with its place in the chain. */
export interface ChainedEvent extends AuditEventView {
  readonly seq: number;
  readonly link: string;
}

/** Did it succeed, as far as its type says? */
export const failed = ({ type }: AuditEventView): boolean => type.endsWith('.failed');

/** The person an event is about: its target, or whoever did it. */
export const person_of = ({ target, actor }: AuditEventView): { readonly id: string; readonly name?: string | undefined } | undefined => {
  if (target?.kind === 'user') return { id: target.id, name: target.name };
  return actor.kind === 'user' && actor.id !== undefined ? { id: actor.id, name: actor.name } : undefined;
};
