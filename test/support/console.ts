import { randomBytes } from 'node:crypto';
import { generate } from 'otplib';
import type { TestBroker } from './broker.ts';

export interface SessionView {
  readonly state: 'signed_out' | 'second_factor' | 'must_enrol' | 'signed_in';
  readonly csrf?: string;
  readonly role?: string;
  readonly kinds?: readonly string[];
  readonly actor?: { readonly kind: string; readonly id: string; readonly name: string };
  readonly organization?: { readonly id: string } | null;
  readonly second_factor?: {
    readonly passed: boolean;
    readonly recovery_codes_left: number;
    readonly enrolled: readonly { readonly id: string }[];
  } | null;
}

export interface ConsoleAnswer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body & { readonly code?: string };
  readonly set_cookie: string;
}

/** The console's page in one browser: its cookie, its anti-forgery value, and what it sends with them. */
export class ConsolePage {
  readonly broker: Pick<TestBroker, 'issuer'>;
  cookie = '';
  csrf = '';
  constructor(broker: Pick<TestBroker, 'issuer'>, cookie = '', csrf = '') {
    this.broker = broker;
    this.cookie = cookie;
    this.csrf = csrf;
  }

  /** As a page of ours sends it; `headers` say what is different. */
  async ask<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ConsoleAnswer<Body>> {
    const answer = await fetch(`${this.broker.issuer}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie !== '' && { cookie: this.cookie }),
        ...(this.csrf !== '' && { 'x-postern-csrf': this.csrf }),
        ...(method !== 'GET' && { origin: this.broker.issuer }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const set_cookie = answer.headers.getSetCookie().find((line) => line.includes('postern_console=')) ?? '';
    if (set_cookie !== '') this.cookie = set_cookie.split(';')[0] ?? '';
    const text = await answer.text();
    const parsed = (text === '' ? {} : JSON.parse(text)) as Body & { code?: string; csrf?: string; session?: SessionView }; // the caller names the shape
    const csrf = parsed.csrf ?? parsed.session?.csrf;
    if (csrf !== undefined) this.csrf = csrf;
    return { status: answer.status, body: parsed, set_cookie };
  }

  sign_in(key: string): Promise<ConsoleAnswer<SessionView>> {
    return this.ask<SessionView>('POST', '/console/session', { key });
  }

  session(): Promise<ConsoleAnswer<SessionView>> {
    return this.ask<SessionView>('GET', '/console/session');
  }

  api<Body = Record<string, unknown>>(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) {
    return this.ask<Body>(method, `/api/v1${path}`, body, headers);
  }

  /** Sets up an authenticator app; answers its secret and the recovery codes. */
  async enrol(at: number): Promise<{ readonly secret: string; readonly recovery_codes: readonly string[] }> {
    const begun = await this.ask<{ id: string; secret: string }>('POST', '/console/session/second-factors/totp', {});
    const { id, secret } = begun.body;
    const done = await this.ask<{ recovery_codes: string[] }>('POST', '/console/session/second-factors/totp/confirm', {
      id,
      code: await code_at(secret, at),
    });
    if (done.status !== 200) throw new Error(JSON.stringify(done));
    return { secret, recovery_codes: done.body.recovery_codes };
  }
}

/** The code of a moment, epoch milliseconds. */
export const code_at = (secret: string, at: number): Promise<string> => generate({ secret, epoch: Math.floor(at / 1000) });

export const nothing_like_it = (): string => randomBytes(32).toString('base64url');
