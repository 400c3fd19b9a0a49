"""A web app that signs people in through Postern: Flask and Authlib.

Settings come from the environment: ISSUER, CLIENT_ID, CLIENT_SECRET, and BASE_URL, by which browsers reach this app.
"""

import os
import secrets
import time

from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from authlib.jose import JsonWebKey, JsonWebToken
from authlib.jose.errors import JoseError
from flask import Flask, abort, redirect, render_template_string, request, session

BACK_CHANNEL_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
SIGNATURES = ["RS256", "ES256"]
CLOCK_SKEW = 60

issuer = os.environ["ISSUER"]
base_url = os.environ["BASE_URL"]

app = Flask(__name__)
# it signs the cookie: a fresh one signs everybody out
app.secret_key = os.environ.get("COOKIE_SECRET") or secrets.token_bytes(32)
app.config.update(
    SESSION_COOKIE_NAME="sample_python",
    SESSION_COOKIE_HTTPONLY=True,
    # the answer of the issuer is a navigation from another site, and must bring the cookie; a form of another site must not
    SESSION_COOKIE_SAMESITE="Lax",
    SESSION_COOKIE_SECURE=base_url.startswith("https:"),
)

postern = OAuth(app).register(
    "postern",
    client_id=os.environ["CLIENT_ID"],
    client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=f"{issuer}/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email groups roles", "code_challenge_method": "S256"},
)

# Who is signed in, by a handle that the cookie holds. In one process only: keep it in Redis or a database when there are several.
signed_in: dict[str, dict] = {}


class NotWhoWasAskedFor(Exception):
    """The sign-in answered for another organization than the one that was asked for."""


def current() -> dict | None:
    return signed_in.get(session.get("handle", ""))


@app.get("/")
def home():
    return page(HOME, person=current())


@app.get("/sign-in")
def sign_in():
    state = secrets.token_urlsafe(32)
    asked = {name: request.args[name] for name in ("organization", "login_hint") if request.args.get(name)}
    # by its state: sign-ins in other tabs go on beside it
    session[f"asked {state}"] = asked.get("organization")
    # Authlib adds nonce and the PKCE challenge, and keeps them by the state as well
    return postern.authorize_redirect(f"{base_url}/callback", state=state, **asked)


@app.get("/callback")
def callback():
    # RFC 9207, which Authlib leaves to us: an answer of another issuer is nobody's answer here
    if request.args.get("iss") != issuer:
        abort(400)
    token = postern.authorize_access_token(
        # Authlib looks at the audience only when it is told which
        claims_options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": postern.client_id},
        }
    )
    claims = token["userinfo"]
    # the key of your tenant: never tell tenants apart by the domain of an address
    if not isinstance(claims.get("org_id"), str):
        raise NotWhoWasAskedFor
    asked = session.pop(f"asked {request.args.get('state')}", None)
    if asked and asked not in (claims["org_id"], claims.get("org_slug")):
        raise NotWhoWasAskedFor
    signed_in.pop(session.get("handle", ""), None)
    session["handle"] = secrets.token_urlsafe(32)
    signed_in[session["handle"]] = {"claims": dict(claims), "id_token": token["id_token"]}
    return redirect("/")


@app.post("/sign-out")
def sign_out():
    person = signed_in.pop(session.pop("handle", ""), None)
    if person is None:
        return redirect("/", 303)
    end = postern.load_server_metadata()["end_session_endpoint"]
    query = {"id_token_hint": person["id_token"], "post_logout_redirect_uri": f"{base_url}/signed-out"}
    return redirect(add_params_to_uri(end, list(query.items())), 303)


@app.get("/signed-out")
def signed_out():
    return page("<h1>Signed out</h1><p>You are signed out of this app and of Postern.</p>")


@app.post("/back-channel-logout")
def back_channel_logout():
    """Called by the issuer, not by a browser: no cookie; the signed token is what counts."""
    try:
        told = read_logout_token(request.form.get("logout_token", ""))
    except (JoseError, ValueError):
        return {"error": "invalid_request", "error_description": "The logout token is not valid."}, 400
    for handle, person in list(signed_in.items()):
        claims = person["claims"]
        if "sid" in told and claims.get("sid") != told["sid"]:
            continue
        if "sub" in told and claims["sub"] != told["sub"]:
            continue
        signed_in.pop(handle, None)
    return "", 200, {"cache-control": "no-store"}


def read_logout_token(token: str) -> dict:
    """OpenID Connect Back-Channel Logout 1.0, 2.6. Raises JoseError or ValueError."""

    def key_of(header, _payload):
        if str(header.get("typ", "logout+jwt")).lower() not in ("logout+jwt", "application/logout+jwt"):
            raise ValueError("not a logout token")
        try:
            return JsonWebKey.import_key_set(postern.fetch_jwk_set()).find_by_kid(header.get("kid"))
        except ValueError:
            return JsonWebKey.import_key_set(postern.fetch_jwk_set(force=True)).find_by_kid(header.get("kid"))

    required = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": postern.client_id},
        "iat": {"essential": True},
        "jti": {"essential": True},
    }
    claims = JsonWebToken(SIGNATURES).decode(token, key=key_of, claims_options=required)
    claims.validate(leeway=CLOCK_SKEW)
    events = claims.get("events")
    if not isinstance(events, dict) or BACK_CHANNEL_LOGOUT not in events or "nonce" in claims:
        raise ValueError("not a logout token")
    if not isinstance(claims.get("sub"), str) and not isinstance(claims.get("sid"), str):
        raise ValueError("it names nobody")
    if claims["iat"] < time.time() - 300 - CLOCK_SKEW:
        raise ValueError("an old token")
    return claims


@app.errorhandler(OAuthError)
def refused(error: OAuthError):
    return page("<h1>You were not signed in</h1><p>{{ why }}</p>", why=error.description or error.error), 403


@app.errorhandler(NotWhoWasAskedFor)
def another_organization(_error):
    why = "The sign-in answered for another organization than the one that was asked for."
    return page("<h1>Another organization signed in</h1><p>{{ why }}</p>", why=why), 403


@app.errorhandler(JoseError)
def not_believed(_error):
    return page("<h1>Signing in does not work right now</h1><p>The answer could not be believed. Try again in a moment.</p>"), 400


def page(content: str, **values):
    response = app.make_response(render_template_string(FRAME.replace("CONTENT", content), **values))
    # the form that signs out leads on to the issuer
    policy = f"default-src 'none'; form-action 'self' {issuer}; base-uri 'none'; frame-ancestors 'none'"
    response.headers["content-security-policy"] = policy
    response.headers["cache-control"] = "no-store"
    return response


FRAME = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sample app (Python)</title><main>CONTENT</main></html>'

HOME = """
{% if person %}
  <h1>Hello, {{ person.claims.name }}</h1>
  <p>You are <code>{{ person.claims.sub }}</code> of <code>{{ person.claims.org_id }}</code> ({{ person.claims.org_name }}).</p>
  <p>Roles: {{ person.claims.roles | default([], true) | join(", ") or "none" }}</p>
  <form method="post" action="/sign-out"><button>Sign out</button></form>
{% else %}
  <h1>Sample app</h1>
  <p><a href="/sign-in">Sign in</a></p>
{% endif %}
"""

if __name__ == "__main__":
    app.run(host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "4420")))
