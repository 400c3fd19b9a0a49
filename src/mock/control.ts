import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import { z } from 'zod';
import { escape_html, send_mock_page } from './page.ts';
import { type Person, read_people } from './people.ts';
import type { Switches } from './switches.ts';

/** What can be seen and changed of one mock partner while it runs. */
export interface Controlled {
  /** As on its pages. */
  readonly name: string;
  readonly switches: Switches;
  /** Changed in place: the partner reads it at every answer. */
  readonly people: Person[];
  /** What the other side types in: addresses, ids, secrets. Read when the page is made. */
  facts?(): Readonly<Record<string, string>>;
}

const MOST_BYTES = 1024 * 1024;

const command = z.strictObject({
  reset: z.boolean().optional(),
  switches: z.record(z.string(), z.boolean()).optional(),
  people: z.array(z.unknown()).optional(),
});

/**
 * The control page at `/` and the JSON API at `/__control` of a mock partner: GET shows switches and people, POST `{reset?, switches?: {name: on}, people?}`
 * changes them. Answers whether the request was one of these. Another site's page cannot use them: a form must come from our own page, JSON cannot be sent without asking.
 */
export function control_handler(partner: Controlled): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/' && (request.method === 'GET' || request.method === 'HEAD')) {
      send_control_page(response, partner);
      return true;
    }
    if (path !== '/__control') return false;
    if (request.method === 'GET') send_json(response, 200, state_of(partner));
    else if (request.method === 'POST') await change(request, response, partner);
    else send_json(response, 405, { error: 'Use GET or POST.' });
    return true;
  };
}

const state_of = (partner: Controlled) => ({
  name: partner.name,
  facts: partner.facts?.() ?? {},
  switches: partner.switches.list(),
  people: partner.people,
});

async function change(request: IncomingMessage, response: ServerResponse, partner: Controlled): Promise<void> {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `http://${host ?? ''}` && origin !== `https://${host ?? ''}`) {
    return send_json(response, 403, { error: 'This request comes from another site.' });
  }
  const kind = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  const text = await read_body(request);
  if (text === undefined) return send_json(response, 413, { error: 'The body is too large.' });
  if (kind === 'application/json') {
    try {
      apply(partner, JSON.parse(text));
    } catch (error) {
      return send_json(response, 422, { error: message_of(error) });
    }
    return send_json(response, 200, state_of(partner));
  }
  if (kind !== 'application/x-www-form-urlencoded') return send_json(response, 415, { error: 'Send application/json.' });
  if (origin === undefined) return send_json(response, 403, { error: 'A form must come from the control page.' });
  const form = new URLSearchParams(text);
  try {
    apply_form(partner, form);
  } catch (error) {
    return send_control_page(response, partner, { error: message_of(error), people: form.get('people') ?? undefined });
  }
  response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end();
}

/** All or nothing: a mistake changes nothing. @throws Error for whoever sent it */
function apply(partner: Controlled, body: unknown): void {
  const read = command.safeParse(body);
  if (!read.success) throw new Error(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  const { reset, switches = {}, people } = read.data;
  // JSON is YAML
  const fresh = people === undefined ? undefined : read_people(JSON.stringify(people));
  const unknown = Object.keys(switches).find((name) => !partner.switches.known.some((known) => known.name === name));
  if (unknown !== undefined) partner.switches.set(unknown, true);
  if (reset === true) partner.switches.reset();
  for (const [name, on] of Object.entries(switches)) partner.switches.set(name, on);
  if (fresh !== undefined) partner.people.splice(0, partner.people.length, ...fresh);
}

function apply_form(partner: Controlled, form: URLSearchParams): void {
  const people = form.get('people');
  if (people !== null) {
    partner.people.splice(0, partner.people.length, ...read_people(people));
    return;
  }
  const on = new Set(form.getAll('switch'));
  for (const { name } of partner.switches.known) partner.switches.set(name, on.has(name));
}

function send_control_page(response: ServerResponse, partner: Controlled, mistake?: { error: string; people?: string | undefined }): void {
  const facts = Object.entries(partner.facts?.() ?? {}).map(
    ([name, value]) => `<tr><th scope="row">${escape_html(name)}</th><td><code>${escape_html(value)}</code></td></tr>`,
  );
  const switches = partner.switches
    .list()
    .map(
      ({ name, summary, on }) =>
        `<label class="switch"><input type="checkbox" name="switch" value="${escape_html(name)}"${on ? ' checked' : ''}><span><code>${escape_html(name)}</code><br>${escape_html(summary)}</span></label>`,
    );
  const people = partner.people.map(
    ({ username, password, email, display_name, groups }) =>
      `<tr><td>${escape_html(username)}</td><td><code>${escape_html(password)}</code></td><td>${escape_html(email ?? '')}</td><td>${escape_html(display_name ?? '')}</td><td>${escape_html(groups.join(', '))}</td></tr>`,
  );
  const yaml = mistake?.people ?? stringify({ people: partner.people.map(without_nothing) });
  send_mock_page(response, {
    status: mistake === undefined ? 200 : 422,
    title: partner.name,
    partner: partner.name,
    form_action: "'self'",
    content: `<h1>${escape_html(partner.name)}</h1>
${mistake === undefined ? '' : `<p class="bad" role="alert">${escape_html(mistake.error).replaceAll('\n', '<br>')}</p>`}
${facts.length === 0 ? '' : `<h2>What the other side types in</h2>\n<div class="facts"><table>${facts.join('\n')}</table></div>`}
<h2>Misbehave</h2>
<form method="post" action="/__control">
${switches.join('\n')}
<button>Apply</button>
</form>
<h2>People</h2>
<div class="scroll" tabindex="0" role="region" aria-label="People"><table>
<thead><tr><th scope="col">User name</th><th scope="col">Password</th><th scope="col">E-mail</th><th scope="col">Name</th><th scope="col">Groups</th></tr></thead>
<tbody>${people.join('\n')}</tbody>
</table></div>
<details${mistake?.people === undefined ? '' : ' open'}>
<summary>Change the people</summary>
<form method="post" action="/__control">
<label for="people">YAML, as in a people file</label>
<textarea id="people" name="people" spellcheck="false">${escape_html(yaml)}</textarea>
<button>Replace</button>
</form>
</details>
<p class="muted">The same as JSON: <code>/__control</code></p>`,
  });
}

/** A person as in a people file: what was not said stays out. */
const without_nothing = (person: Person): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(person).filter(
      ([name, value]) => value !== undefined && !(name === 'attributes' && Object.keys(person.attributes).length === 0),
    ),
  );

function send_json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(`${JSON.stringify(body)}\n`);
}

async function read_body(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // no encoding is set: chunks are bytes
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const message_of = (error: unknown): string => (error instanceof Error ? error.message : 'This cannot be read.');
