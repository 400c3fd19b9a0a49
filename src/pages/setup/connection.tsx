import type { ReactNode } from 'react';
import type { Frame } from '../frame.tsx';
import { LdapFields } from './ldap_fields.tsx';
import { OidcFields } from './oidc_fields.tsx';
import { Checks, Next, Onward, SetupForm } from './parts.tsx';
import { SamlFields } from './saml_fields.tsx';
import { setup_document } from './shell.tsx';
import type { SetupConnectionView } from './connection_view.ts';
import type { SetupCheck, SetupShell } from './view.ts';

/** The partner's side: an address, a file, or fields; and what was understood of it. P8. */
export function setup_connection_page(view: SetupConnectionView, shell: SetupShell, frame: Frame): string {
  const Fields = { saml: SamlFields, oidc: OidcFields, ldap: LdapFields }[view.protocol];
  const body = (
    <>
      <p className="lead">What {view.guide_name} gives you for us. It is looked at before it is kept, and nobody can sign in by it yet.</p>
      <Understood seen={view.seen} guide_name={view.guide_name} />
      <SetupForm action="/setup/connection" shell={shell} files>
        <input type="hidden" name="connection_version" value={view.version} />
        <Fields view={view} shell={shell} />
        <div className="actions">
          <button type="submit" className={view.next === undefined ? undefined : 'quiet'}>
            {view.seen === undefined ? 'Check and save' : 'Check and save again'}
          </button>
        </div>
      </SetupForm>
      <Next back={view.back}>{view.next === undefined ? null : <Onward href={view.next} />}</Next>
    </>
  );
  return setup_document(frame, shell, { title: 'Give us your side', body });
}

function Understood({ seen, guide_name }: { seen: readonly SetupCheck[] | undefined; guide_name: string }): ReactNode {
  if (seen === undefined) return null;
  return (
    <section className="panel" aria-labelledby="understood">
      <h2 id="understood">What we understood</h2>
      <Checks checks={seen} vendor={guide_name} />
    </section>
  );
}
