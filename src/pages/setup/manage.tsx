import type { ReactNode } from 'react';
import type { Frame } from '../frame.tsx';
import { Shape } from '../parts.tsx';
import { moment } from '../translate.ts';
import { AreaField, Checks, Copyable, Next, Onward, SetupForm, TextField } from './parts.tsx';
import { ScimTokens, type SetupScimToken } from './scim.tsx';
import { setup_document } from './shell.tsx';
import type { SetupCheck, SetupShell } from './view.ts';

export interface SetupManageView {
  readonly health: readonly {
    readonly title: string;
    readonly level: 'good' | 'warning' | 'wrong';
    readonly detail: string;
    readonly fix: string | undefined;
  }[];
  readonly connections: readonly SetupManagedConnection[];
  /** Undefined where the link is not for it. */
  readonly scim:
    | { readonly base_url: string; readonly tokens: readonly SetupScimToken[]; readonly new_token: string | undefined }
    | undefined;
  readonly contacts: readonly { readonly id: string; readonly email: string; readonly name: string | undefined }[];
  readonly sign_ins: readonly SetupSignIn[];
}

export interface SetupManagedConnection {
  readonly id: string;
  readonly name: string;
  readonly certificates: readonly {
    readonly subject: string;
    readonly sha256: string;
    readonly until: string;
    readonly ends_soon: boolean;
  }[];
  /** `published`: read from the partner's metadata by itself. */
  readonly renewal: 'add' | 'published' | 'none';
  /** Our addresses, for whoever sets it up anew. */
  readonly ours: readonly { readonly label: string; readonly value: string }[];
}

export interface SetupSignIn {
  readonly reference: string;
  readonly at: Date;
  readonly outcome: 'succeeded' | 'refused' | 'failed' | 'pending';
  readonly words: string;
}

/** What is in use, looked after: health, certificates, the SCIM token, whom to tell, recent sign-ins. P14. */
export function setup_manage_page(view: SetupManageView, shell: SetupShell, frame: Frame): string {
  const body = (
    <>
      <p className="lead">
        What is in use for <bdi>{shell.organization_name}</bdi>.
      </p>
      <h2>Health</h2>
      <ul className="rows">
        {view.health.map((item) => (
          <li className="row top" key={`${item.title} ${item.detail}`}>
            <Shape
              name={item.level === 'good' ? 'check' : 'alert'}
              tone={item.level === 'good' ? 'good' : item.level === 'wrong' ? 'bad' : ''}
            />
            <div className="grow">
              <strong>{item.title}</strong>
              <small>
                <bdi>{item.detail}</bdi>
              </small>
              {item.fix === undefined ? null : <div className="fix">{item.fix}</div>}
            </div>
          </li>
        ))}
      </ul>
      {view.connections.map((connection) => (
        <Managed key={connection.id} connection={connection} shell={shell} />
      ))}
      {view.scim === undefined ? null : <Scim scim={view.scim} shell={shell} />}
      <Contacts contacts={view.contacts} shell={shell} />
      <h2>Recent sign-ins</h2>
      <SignIns rows={view.sign_ins} />
      {shell.signed_in === undefined ? (
        <Next back="/setup">
          <span />
        </Next>
      ) : null}
    </>
  );
  return setup_document(frame, shell, { title: 'Look after it', body });
}

function Managed({ connection, shell }: { connection: SetupManagedConnection; shell: SetupShell }): ReactNode {
  const { certificates, renewal, ours } = connection;
  return (
    <section className="panel" aria-labelledby={connection.id}>
      <h2 id={connection.id}>
        <bdi>{connection.name}</bdi>
      </h2>
      {certificates.length === 0 ? null : (
        <ul className="rows">
          {certificates.map((one) => (
            <li className="row" key={one.sha256}>
              <div className="grow">
                <strong>
                  <bdi>{one.subject}</bdi>
                </strong>
                <small className="mono">SHA-256 {one.sha256}</small>
              </div>
              <span className={`badge ${one.ends_soon ? 'bad' : ''}`}>until {one.until}</span>
            </li>
          ))}
        </ul>
      )}
      {renewal === 'published' ? <p className="fine">New certificates are read from your metadata by themselves.</p> : null}
      {renewal === 'add' ? (
        <SetupForm action="/setup/manage/certificate" shell={shell}>
          <input type="hidden" name="connection" value={connection.id} />
          <AreaField
            {...{
              name: `pem-${connection.id}`,
              label: 'Next signing certificate (PEM)',
              shell,
              placeholder: '-----BEGIN CERTIFICATE-----',
            }}
            hint="It is trusted beside those above from now on: add it first, then let your identity provider sign with it."
          />
          <button type="submit" className="quiet">
            Add the certificate
          </button>
        </SetupForm>
      ) : null}
      <details>
        <summary>Our addresses</summary>
        <div>
          {ours.map(({ label, value }) => (
            <Copyable key={label} id={`${connection.id}-${label.replaceAll(' ', '-')}`} label={label} value={value} />
          ))}
        </div>
      </details>
    </section>
  );
}

function Scim({ scim, shell }: { scim: NonNullable<SetupManageView['scim']>; shell: SetupShell }): ReactNode {
  return (
    <section className="panel" aria-labelledby="scim">
      <h2 id="scim">SCIM</h2>
      <Copyable id="scim-url" label="SCIM base URL" value={scim.base_url} />
      {scim.new_token === undefined ? null : (
        <div className="notice good">
          <strong>The new token, shown this once</strong>
          <p>Enter it in your identity provider, see that requests arrive, then remove the old one: both work until then.</p>
          <Copyable id="scim-token" label="SCIM token (bearer token)" value={scim.new_token} />
        </div>
      )}
      <ScimTokens tokens={scim.tokens} shell={shell} remove="/setup/manage/scim/remove" />
      <SetupForm action="/setup/manage/scim" shell={shell}>
        <button type="submit" className="quiet">
          Make a new token
        </button>
      </SetupForm>
    </section>
  );
}

function Contacts({ contacts, shell }: { contacts: SetupManageView['contacts']; shell: SetupShell }): ReactNode {
  return (
    <section className="panel" aria-labelledby="contacts">
      <h2 id="contacts">Who is told of problems</h2>
      <p>For example when a certificate ends soon.</p>
      {contacts.length === 0 ? null : (
        <ul className="rows">
          {contacts.map(({ id, email, name }) => (
            <li className="row" key={id}>
              <div className="grow">
                <bdi>{email}</bdi>
                {name === undefined ? null : (
                  <small>
                    <bdi>{name}</bdi>
                  </small>
                )}
              </div>
              <SetupForm action="/setup/manage/contact/remove" shell={shell}>
                <input type="hidden" name="contact" value={id} />
                <button type="submit" className="quiet small" aria-label={`Remove ${email}`}>
                  Remove
                </button>
              </SetupForm>
            </li>
          ))}
        </ul>
      )}
      <SetupForm action="/setup/manage/contact" shell={shell}>
        <TextField {...{ name: 'email', label: 'E-mail address', shell, type: 'email', placeholder: 'it@acme.example' }} />
        <button type="submit" className="quiet">
          Add
        </button>
      </SetupForm>
    </section>
  );
}

function SignIns({ rows }: { rows: readonly SetupSignIn[] }): ReactNode {
  if (rows.length === 0) return <p>Nobody has signed in yet.</p>;
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li className="row" key={row.reference}>
          <div className="grow">
            <a href={`/setup/manage/sign-ins/${encodeURIComponent(row.reference)}`}>{moment('en', row.at)}</a>
            <small>{row.words}</small>
          </div>
          <span className={`badge ${row.outcome === 'succeeded' ? 'good' : row.outcome === 'pending' ? '' : 'bad'}`}>{row.outcome}</span>
        </li>
      ))}
    </ul>
  );
}

export interface SetupSignInView {
  readonly sign_in: SetupSignIn;
  readonly checks: readonly SetupCheck[];
}

/** One sign-in of the organization, step by step; who it was stays masked. */
export function setup_sign_in_page({ sign_in, checks }: SetupSignInView, shell: SetupShell, frame: Frame): string {
  const body = (
    <>
      <p className="lead">
        {moment('en', sign_in.at)}: {sign_in.words}
      </p>
      <Checks checks={checks} />
      <dl>
        <dt>Reference</dt>
        <dd>
          <code>{sign_in.reference}</code>
        </dd>
      </dl>
      <Next back="/setup/manage">
        <Onward href="/setup/manage" text="All sign-ins" />
      </Next>
    </>
  );
  return setup_document(frame, shell, { title: `Sign-in ${sign_in.outcome}`, body });
}
