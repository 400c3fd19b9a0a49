import type { Schemas } from '../../../api/client.ts';

/** A sign-in as text for a ticket or a mail: of a trace that the API has masked. */
export function redacted_text(trace: Schemas['LoginTrace']): string {
  const head = [
    `Sign-in ${trace.reference}: ${trace.outcome}${trace.code === null ? '' : ` (${trace.code})`}`,
    `Began ${trace.started_at}${trace.finished_at === null ? '' : `, ended ${trace.finished_at}`}`,
    `Organization ${trace.organization_id ?? 'not known'}, connection ${trace.connection_id ?? 'not known'}, app ${trace.client_id ?? 'not known'}`,
  ];
  const steps = trace.steps.map(
    ({ ok, name, detail, fix }) => `${ok ? '[ok]' : '[NOT OK]'} ${name}: ${detail}${fix === undefined ? '' : ` | ${fix}`}`,
  );
  return [...head, '', ...steps, ''].join('\n');
}
