"""An app that knows no OpenID Connect. It believes the headers of the proxy in front of it: let nobody else reach its port."""

import os
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class App(BaseHTTPRequestHandler):
    def do_GET(self):
        who = self.headers.get("OIDC_CLAIM_name", "")
        sub = self.headers.get("OIDC_CLAIM_sub", "")
        org_id = self.headers.get("OIDC_CLAIM_org_id", "")
        # nobody comes past the proxy without these
        if not sub or not org_id:
            self.send_error(403)
            return
        body = (
            f"<!doctype html><title>An old app</title><h1>Hello, {escape(who)}</h1>"
            f"<p>You are <code>{escape(sub)}</code> of <code>{escape(org_id)}</code>.</p>"
            f'<p><a href="/oidc/callback?logout={escape(os.environ["BASE_URL"])}/signed-out">Sign out</a></p>'
        ).encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("cache-control", "no-store")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing: what it is asked may name people."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "4431"))), App).serve_forever()
