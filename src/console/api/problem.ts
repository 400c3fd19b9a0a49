import type { components } from './schema.d.ts';

type ProblemBody = components['schemas']['Problem'];

/** A refusal of the API (RFC 9457), or that there was no answer at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** For whoever looks it up in the log. */
  readonly reference: string | undefined;
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(about: {
    status: number;
    code: string;
    message: string;
    reference?: string | undefined;
    fields?: Problem['fields'] | undefined;
  }) {
    super(about.message);
    this.name = 'Problem';
    this.status = about.status;
    this.code = about.code;
    this.reference = about.reference;
    this.fields = about.fields ?? [];
  }
}

/** What the API said, as a problem; anything else that stood in its place (a proxy's page) as a sentence of ours. */
export function problem_of(body: unknown, response: Response): Problem {
  const { status } = response;
  if (!is_problem(body)) {
    const message = status >= 500 ? 'The broker could not answer. Try again in a moment.' : `The broker answered with status ${status}.`;
    return new Problem({ status, code: 'unexpected_answer', message, reference: response.headers.get('x-request-id') ?? undefined });
  }
  return new Problem({ status, code: body.code, message: body.title, reference: body.request_id, fields: body.errors });
}

export const no_answer = (): Problem =>
  new Problem({ status: 0, code: 'no_answer', message: 'The broker did not answer. Is it running, and is the network up?' });

function is_problem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'title' in body;
}
