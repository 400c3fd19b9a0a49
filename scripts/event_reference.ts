import { EVENT_TYPES } from '../src/audit/index.ts';

/** `docs/reference/events.md`. */
export function events_reference_markdown(): string {
  const rows = Object.entries(EVENT_TYPES).map(([type, summary]) => `| \`${type}\` | ${summary} |`);
  return `# Events

Made from the sources by \`npm run docs\`.

Everything that is recorded under one of these types reaches the event hooks that ask for it: by type, by thing (\`user.*\`), or \`"all"\`. The body is
\`{type, timestamp, data}\`; \`data\` is the event of the record: \`id\` (also the header \`webhook-id\`), \`organization_id\` (null: the installation's own), \`actor\`, \`target\`,
and \`before\` and \`after\` with what changed, secrets masked. A type is stable; more may come, and more fields. How to receive them: [receive events](../how-to/receive-events.md).

| type | what happened |
|---|---|
${rows.join('\n')}
`;
}
