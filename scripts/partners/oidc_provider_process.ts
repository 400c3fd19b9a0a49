/** An OpenID provider in a process of its own: `oidc-provider`, told over IPC what to be. Anybody signs in, with any password. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider';

export interface ProviderOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly clients: readonly ClientMetadata[];
  /** Claims are in userinfo alone, as OIDC Core 5.4 has it. */
  readonly userinfo_only?: boolean;
}

const jwk = (kid: string, pair: { readonly privateKey: KeyObject }) => ({
  ...pair.privateKey.export({ format: 'jwk' }),
  kid: `${kid}-${process.pid}`,
  use: 'sig',
});

async function serve({ port, clients, userinfo_only = false }: ProviderOptions): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
  const algs = ['RS256', 'PS256', 'ES256', 'Ed25519'] as const;
  const configuration: Configuration = {
    clients: [...clients],
    jwks: {
      keys: [
        jwk('rsa', generateKeyPairSync('rsa', { modulusLength: 2048 })),
        jwk('ec', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
        jwk('ed', generateKeyPairSync('ed25519')),
      ] as unknown as NonNullable<Configuration['jwks']>['keys'], // made above
    },
    cookies: { keys: ['a cookie of a test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name'] },
    conformIdTokenClaims: userinfo_only,
    acrValues: ['urn:example:silver'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'],
    enabledJWA: { idTokenSigningAlgValues: [...algs], userinfoSigningAlgValues: [...algs] },
    features: {
      devInteractions: { enabled: true },
      backchannelLogout: { enabled: true },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    // what it sends goes to loopback here: without the guard that it brings along
    fetch(input, init) {
      const { dispatcher: _guard, ...plain } = { dispatcher: undefined, ...init };
      return fetch(input, plain);
    },
    async findAccount(_ctx, id) {
      const claims = { email: `${id}@partner.example`, email_verified: true, name: `${id} Тест`, given_name: id, family_name: 'Тест' };
      return { accountId: id, claims: async () => ({ sub: id, ...claims }) };
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.on('server_error', (_ctx, error) => console.error(error));
  provider.on('backchannel.error', (_ctx, error) => console.error(error));
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  process.send?.({ issuer });
}

process.once('message', (options) => void serve(options as ProviderOptions)); // sent by oidc_provider.ts
