/** A page as a person's browser holds it. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly forms: readonly Form[];
}

export interface Form {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
  /** Names of its inputs by their `autocomplete`. */
  readonly by_autocomplete: Readonly<Record<string, string>>;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
  readonly same_site: string;
}

export interface SendOptions {
  readonly method?: string;
  readonly body?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by a page of another site: a Lax cookie rides on a top-level GET only. */
  readonly cross_site?: boolean;
}

/** Enough of a browser for flows over HTTP: cookies with their rules, redirects, forms; no script. */
export class Browser {
  readonly #jar: Cookie[] = [];
  /** Every address that was asked, in order. */
  readonly visited: string[] = [];
  /** Addresses that begin so are not fetched: the walk ends there (an app that is not running). */
  readonly stop_at: string[] = [];

  /** Opens an address and follows redirects. */
  async open(url: string, options: SendOptions = {}): Promise<Page> {
    let current = new URL(url);
    let request = options;
    for (let hop = 0; hop < 25; hop++) {
      this.visited.push(current.href);
      if (this.stop_at.some((prefix) => current.href.startsWith(prefix))) return page_of(current.href, 299, new Headers(), '');
      const response = await this.send(current, request);
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399)
        return page_of(current.href, response.status, response.headers, await response.text());
      await response.arrayBuffer();
      current = new URL(location, current);
      request = response.status === 307 ? request : { ...(options.cross_site !== undefined && { cross_site: options.cross_site }) };
    }
    throw new Error(`too many redirects: ${this.visited.slice(-6).join(' ')}`);
  }

  /** One request, no redirect followed. */
  async send(url: URL | string, options: SendOptions = {}): Promise<Response> {
    const target = new URL(url);
    const method = options.method ?? (options.body === undefined ? 'GET' : 'POST');
    const cookies = this.#jar.filter(
      (cookie) =>
        cookie.host === target.hostname &&
        in_path(target.pathname, cookie.path) &&
        !(options.cross_site === true && method !== 'GET' && cookie.same_site !== 'none'),
    );
    const response = await fetch(target, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html,application/xhtml+xml',
        ...(cookies.length > 0 && { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }),
        ...options.headers,
      },
      ...(options.body !== undefined && { body: options.body }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line, target.hostname);
    return response;
  }

  /** Fills in a form of a page and sends it. `cross_site` is found out by itself. */
  submit(page: Page, fields: Readonly<Record<string, string>> = {}, which: (form: Form) => boolean = () => true): Promise<Page> {
    const form = page.forms.find(which);
    if (form === undefined) throw new Error(`no such form on ${page.url} (${page.status}): ${page.html.slice(0, 2000)}`);
    const named = Object.fromEntries(Object.entries(fields).map(([name, value]) => [form.by_autocomplete[name] ?? name, value]));
    const body = new URLSearchParams({ ...form.fields, ...named });
    const target = new URL(form.action, page.url);
    if (form.method === 'GET') {
      target.search = body.toString();
      return this.open(target.href);
    }
    return this.open(target.href, { method: 'POST', body, cross_site: target.origin !== new URL(page.url).origin });
  }

  /** Somebody else's cookie, as a frame of the same browser has it. */
  put(cookie: Cookie): void {
    this.#jar.push(cookie);
  }

  cookies(): readonly Cookie[] {
    return this.#jar;
  }

  #keep(line: string, host: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    const given = Object.fromEntries(
      attributes.map((attribute) => [attribute.split('=')[0]?.toLowerCase() ?? '', attribute.split('=')[1] ?? '']),
    );
    const path = given['path'] ?? '/';
    const kept = this.#jar.findIndex((cookie) => cookie.name === name && cookie.host === host && cookie.path === path);
    if (kept >= 0) this.#jar.splice(kept, 1);
    const over = given['max-age'] === '0' || (given['expires'] !== undefined && Date.parse(given['expires']) < Date.now());
    if (!over && value !== '') this.#jar.push({ name, value, host, path, same_site: (given['samesite'] ?? 'lax').toLowerCase() });
  }
}

const in_path = (path: string, prefix: string): boolean => path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);

const unescape = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return found === undefined ? undefined : unescape(found);
};

function page_of(url: string, status: number, headers: Headers, html: string): Page {
  const forms = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gi)].map(([whole]): Form => {
    const open = /<form\b[^>]*>/i.exec(whole)?.[0] ?? '';
    const inputs = [...whole.matchAll(/<(?:input|button)\b[^>]*>/gi)].map(([tag]) => tag);
    const fields: Record<string, string> = {};
    const by_autocomplete: Record<string, string> = {};
    for (const tag of inputs) {
      const name = attribute(tag, 'name');
      if (name === undefined) continue;
      const autocomplete = attribute(tag, 'autocomplete');
      if (autocomplete !== undefined) by_autocomplete[autocomplete] = name;
      const type = attribute(tag, 'type');
      if (/^<button/i.test(tag) || type === 'submit' || type === 'checkbox' || type === 'radio') continue;
      fields[name] = attribute(tag, 'value') ?? '';
    }
    return {
      action: attribute(open, 'action') ?? '',
      method: attribute(open, 'method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      fields,
      by_autocomplete,
    };
  });
  return { url, status, headers, html, forms };
}
