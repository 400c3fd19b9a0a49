export const languages = ['Node', 'Python', 'Java', 'Go', '.NET'] as const;

export interface SnippetOf {
  readonly issuer: string;
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly machine: boolean;
  readonly secret: boolean;
}

/** A few lines that sign somebody in (or, for a machine, fetch a token), with this app's own values in them. */
export function snippet(language: (typeof languages)[number], of: SnippetOf): string {
  return (of.machine ? machines : people)[language](of).trim();
}

const scopes = 'openid profile email groups roles';

const people: Readonly<Record<(typeof languages)[number], (of: SnippetOf) => string>> = {
  Node: ({ issuer, client_id, redirect_uri, secret }) => `
// npm install openid-client
import * as client from 'openid-client';

const config = await client.discovery(new URL('${issuer}'), '${client_id}'${secret ? ', undefined, client.ClientSecretBasic(process.env.CLIENT_SECRET)' : ', undefined, client.None()'});
const code_verifier = client.randomPKCECodeVerifier();
const state = client.randomState();

// 1. send the browser there; keep code_verifier and state in its session
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: '${redirect_uri}',
  scope: '${scopes}',
  code_challenge: await client.calculatePKCECodeChallenge(code_verifier),
  code_challenge_method: 'S256',
  state,
});

// 2. when it comes back
const tokens = await client.authorizationCodeGrant(config, new URL(request_url), {
  pkceCodeVerifier: code_verifier,
  expectedState: state,
});
const { sub, org_id, email, groups, roles } = tokens.claims();`,
  Python: ({ issuer, client_id, redirect_uri, secret }) => `
# pip install authlib flask requests
import os
from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session

app = Flask(__name__)
app.secret_key = os.environ["SESSION_SECRET"]
oauth = OAuth(app)
oauth.register(
    "postern",
    client_id="${client_id}",${secret ? '\n    client_secret=os.environ["CLIENT_SECRET"],' : ''}
    server_metadata_url="${issuer}/.well-known/openid-configuration",
    client_kwargs={"scope": "${scopes}", "code_challenge_method": "S256"},
)

@app.route("/login")
def login():
    return oauth.postern.authorize_redirect("${redirect_uri}")

@app.route("${path_of(redirect_uri)}")
def callback():
    token = oauth.postern.authorize_access_token()
    session["user"] = token["userinfo"]  # sub, org_id, email, groups, roles
    return redirect("/")`,
  Java: ({ issuer, client_id, redirect_uri, secret }) => `
# Spring Boot 4: spring-boot-starter-oauth2-client, application.yaml
# The address that people come back to is /login/oauth2/code/postern, unless redirectionEndpoint() says otherwise
spring:
  security:
    oauth2:
      client:
        registration:
          postern:
            client-id: ${client_id}${secret ? '\n            client-secret: ${CLIENT_SECRET}' : '\n            client-authentication-method: none'}
            authorization-grant-type: authorization_code
            redirect-uri: ${redirect_uri}
            scope: ${scopes.replaceAll(' ', ', ')}
        provider:
          postern:
            issuer-uri: ${issuer}

// Spring Boot 3 sends no code_challenge for an app with a secret by itself: give oauth2Login() a resolver with
// OAuth2AuthorizationRequestCustomizers.withPkce(). Spring Security 7 does it

// in a controller
@GetMapping("/")
String home(@AuthenticationPrincipal OidcUser user) {
  return user.getSubject() + " of " + user.getClaimAsString("org_slug");
}`,
  Go: ({ issuer, client_id, redirect_uri, secret }) => `
// go get github.com/coreos/go-oidc/v3/oidc golang.org/x/oauth2
provider, err := oidc.NewProvider(ctx, "${issuer}")
config := oauth2.Config{
	ClientID:     "${client_id}",${secret ? '\n	ClientSecret: os.Getenv("CLIENT_SECRET"),' : ''}
	RedirectURL:  "${redirect_uri}",
	Endpoint:     provider.Endpoint(),
	Scopes:       []string{${scopes
    .split(' ')
    .map((scope) => `"${scope}"`)
    .join(', ')}},
}

// 1. send the browser there; keep state and verifier in its session
verifier := oauth2.GenerateVerifier()
http.Redirect(w, r, config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)), http.StatusFound)

// 2. when it comes back, and state is the one that was kept
token, err := config.Exchange(ctx, r.URL.Query().Get("code"), oauth2.VerifierOption(verifier))
idToken, err := provider.Verifier(&oidc.Config{ClientID: "${client_id}"}).Verify(ctx, token.Extra("id_token").(string))`,
  '.NET': ({ issuer, client_id, redirect_uri, secret }) => `
// Microsoft.AspNetCore.Authentication.OpenIdConnect
builder.Services
  .AddAuthentication(options => {
    options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
    options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
  })
  .AddCookie()
  .AddOpenIdConnect(options => {
    options.Authority = "${issuer}";
    options.ClientId = "${client_id}";${secret ? '\n    options.ClientSecret = builder.Configuration["ClientSecret"];' : ''}
    options.ResponseType = "code";
    options.UsePkce = true;
    options.MapInboundClaims = false;
    options.CallbackPath = "${path_of(redirect_uri)}";
    foreach (var scope in "${scopes}".Split(' ')) options.Scope.Add(scope);
  });`,
};

const machines: Readonly<Record<(typeof languages)[number], (of: SnippetOf) => string>> = {
  Node: ({ issuer, client_id }) => `
// npm install openid-client
import * as client from 'openid-client';

const config = await client.discovery(new URL('${issuer}'), '${client_id}', undefined,
  client.ClientSecretBasic(process.env.CLIENT_SECRET));
const { access_token } = await client.clientCredentialsGrant(config, { resource: 'https://api.example.com' });`,
  Python: ({ issuer, client_id }) => `
# pip install authlib requests
import os
from authlib.integrations.requests_client import OAuth2Session

session = OAuth2Session("${client_id}", os.environ["CLIENT_SECRET"])
token = session.fetch_token("${issuer}/token", grant_type="client_credentials", resource="https://api.example.com")`,
  Java: ({ issuer, client_id }) => `
// the JDK alone
var login = Base64.getEncoder().encodeToString(("${client_id}:" + System.getenv("CLIENT_SECRET")).getBytes(UTF_8));
var request = HttpRequest.newBuilder(URI.create("${issuer}/token"))
    .header("authorization", "Basic " + login)
    .header("content-type", "application/x-www-form-urlencoded")
    .POST(BodyPublishers.ofString("grant_type=client_credentials&resource=https%3A%2F%2Fapi.example.com"))
    .build();
var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());`,
  Go: ({ issuer, client_id }) => `
// go get golang.org/x/oauth2
config := clientcredentials.Config{
	ClientID:       "${client_id}",
	ClientSecret:   os.Getenv("CLIENT_SECRET"),
	TokenURL:       "${issuer}/token",
	EndpointParams: url.Values{"resource": {"https://api.example.com"}},
}
client := config.Client(ctx) // sends the token with each request, and renews it`,
  '.NET': ({ issuer, client_id }) => `
// dotnet add package Duende.IdentityModel; using Duende.IdentityModel.Client
var response = await http.RequestClientCredentialsTokenAsync(new ClientCredentialsTokenRequest {
  Address = "${issuer}/token",
  ClientId = "${client_id}",
  ClientSecret = configuration["ClientSecret"],
  ClientCredentialStyle = ClientCredentialStyle.AuthorizationHeader,
  Resource = { "https://api.example.com" },
});
http.SetBearerToken(response.AccessToken);`,
};

function path_of(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : '/callback';
}
