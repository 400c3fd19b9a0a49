import { EVENT_TYPES, is_event_type } from '../event_types.ts';
import { type ChainedEvent, failed, person_of } from './chained_event.ts';

/** ArcSight Common Event Format, version 0. */
export function cef_line(event: ChainedEvent): string {
  const name = is_event_type(event.type) ? EVENT_TYPES[event.type] : event.type;
  const header = ['CEF:0', 'Postern', 'Postern', '1', event.type, name, failed(event) ? '5' : '3'].map(in_header);
  const { actor, target } = event;
  const person = person_of(event);
  const extension: Readonly<Record<string, string | number | null | undefined>> = {
    rt: Date.parse(event.at),
    externalId: event.id,
    outcome: failed(event) ? 'failure' : 'success',
    suid: actor.id ?? actor.kind,
    suser: actor.name,
    duid: person?.id,
    duser: person?.name,
    src: event.ip,
    cs1Label: 'organization',
    cs1: event.organization_id,
    cs2Label: 'target',
    cs2: target === null ? null : `${target.kind}/${target.id}`,
    cs3Label: 'before',
    cs3: event.before === null ? null : JSON.stringify(event.before),
    cs4Label: 'after',
    cs4: event.after === null ? null : JSON.stringify(event.after),
    cs5Label: 'link',
    cs5: event.link,
    cn1Label: 'sequence',
    cn1: event.seq,
  };
  const given = Object.entries(extension).filter(
    ([key, value]) => value !== null && value !== undefined && !(key.endsWith('Label') && (extension[key.slice(0, -5)] ?? null) === null),
  );
  return `${header.join('|')}|${given.map(([key, value]) => `${key}=${in_extension(String(value))}`).join(' ')}`;
}

/** A line break would begin another event. */
const one_line = (text: string): string => text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');
const in_header = (text: string): string => one_line(text).replaceAll(/[\\|]/g, '\\$&');
const in_extension = (text: string): string => text.replaceAll(/[\\=]/g, '\\$&').replaceAll(/\r\n|[\r\n\u2028\u2029]/g, '\\n');
