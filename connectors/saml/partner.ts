import { z } from 'zod';

export type Binding = 'redirect' | 'post';

/** Where one of the partner's services takes messages, by binding. */
export interface Endpoint {
  readonly location: string;
  /** Where answers go, when it is another place than requests. */
  readonly response_location?: string | undefined;
}

export type Endpoints = Readonly<Partial<Record<Binding, Endpoint | undefined>>>;

/** What is known of the partner's identity provider, from its metadata or by hand. Plain JSON. */
export interface Partner {
  readonly entity_id: string;
  readonly sign_on: Endpoints;
  readonly logout: Endpoints;
  /** PEM. At least one; none of them weak. */
  readonly certificates: readonly string[];
  readonly wants_signed_requests: boolean;
  /** Epoch milliseconds: the metadata itself says that it is not to be used afterwards. */
  readonly valid_until?: number | undefined;
  /** How long the metadata may be kept before it is asked for again. */
  readonly cache_ms?: number | undefined;
}

const endpoint = z.object({ location: z.string(), response_location: z.string().optional() });
const endpoints = z.object({ redirect: endpoint.optional(), post: endpoint.optional() });

/** What `resolve` answered once, as it comes back from storage. */
export const remembered = z.object({
  fetched_at: z.number(),
  partner: z.object({
    entity_id: z.string().min(1),
    sign_on: endpoints,
    logout: endpoints,
    certificates: z.array(z.string()).min(1),
    wants_signed_requests: z.boolean(),
    valid_until: z.number().optional(),
    cache_ms: z.number().optional(),
  }),
});

/** The endpoint to use: by the binding that is preferred, else by the other. */
export function choose_endpoint(
  endpoints: Endpoints,
  preferred: Binding | undefined,
): { readonly binding: Binding; readonly endpoint: Endpoint } | undefined {
  const order: readonly Binding[] = preferred === 'post' ? ['post', 'redirect'] : ['redirect', 'post'];
  for (const binding of order) {
    const endpoint = endpoints[binding];
    if (endpoint !== undefined) return { binding, endpoint };
  }
  return undefined;
}
