import type { ReactNode } from 'react';
import type { Frame } from '../frame.tsx';
import { Copyable, Next, Onward, SetupForm, TextField } from './parts.tsx';
import { setup_document } from './shell.tsx';
import type { SetupShell } from './view.ts';

export interface SetupDomainView {
  readonly domains: readonly SetupDomain[];
  /** What was typed and not taken. */
  readonly typed?: string | undefined;
  readonly back: string;
  readonly next: string;
}

export interface SetupDomain {
  readonly domain: string;
  readonly proven: boolean;
  readonly record: { readonly name: string; readonly value: string };
  /** The texts that stand there now; undefined: the name servers did not answer. */
  readonly found?: readonly string[] | undefined;
}

/** Which addresses belong to the organization, proven by DNS. P2. */
export function setup_domain_page(view: SetupDomainView, shell: SetupShell, frame: Frame): string {
  const waiting = view.domains.some((one) => !one.proven);
  const body = (
    <>
      <p className="lead">
        People are led to your sign-in by the domain of their e-mail address. Prove in the DNS that it is yours: nobody else can then claim
        it.
      </p>
      <div id="domains" {...(waiting && { 'data-live': '' })}>
        {view.domains.map((one, at) => (
          <DomainPanel key={one.domain} one={one} at={at} shell={shell} />
        ))}
      </div>
      <div className="panel soft">
        <h2>{view.domains.length === 0 ? 'Your domain' : 'One more domain'}</h2>
        <SetupForm action="/setup/domain" shell={shell}>
          <TextField
            {...{ name: 'domain', label: 'Domain', value: view.typed, shell, placeholder: 'acme.example' }}
            hint="What stands after the @ in the addresses of your people. Several are possible, one at a time."
          />
          <button type="submit" className={view.domains.length === 0 ? undefined : 'quiet'}>
            Add
          </button>
        </SetupForm>
      </div>
      <Next back={view.back}>
        <Onward href={view.next} text={waiting || view.domains.length === 0 ? 'Later: go on' : 'Continue'} />
      </Next>
    </>
  );
  return setup_document(frame, shell, { title: 'Prove your domain', body });
}

function DomainPanel({ one, at, shell }: { one: SetupDomain; at: number; shell: SetupShell }): ReactNode {
  const { domain, proven, record } = one;
  return (
    <section className="panel" aria-labelledby={`domain-${at}`}>
      <div className="line">
        <h2 id={`domain-${at}`}>
          <bdi>{domain}</bdi> <span className={`badge ${proven ? 'good' : ''}`}>{proven ? 'Proven' : 'Not proven yet'}</span>
        </h2>
      </div>
      {proven ? null : (
        <>
          <p>Where the DNS of this domain is kept, add a record of the type TXT. It may take some minutes until it is seen everywhere.</p>
          <Copyable id={`name-${at}`} label="Name (host)" value={record.name} />
          <Copyable id={`value-${at}`} label="Value (content)" value={record.value} />
          <p className="fine">
            Some providers add the domain by themselves: enter only <code>{record.name.slice(0, -domain.length - 1)}</code> there.
          </p>
          <Seen one={one} />
          <div className="inline">
            <SetupForm action="/setup/domain/check" shell={shell}>
              <input type="hidden" name="domain" value={domain} />
              <button type="submit" className="small">
                Check now
              </button>
            </SetupForm>
            <SetupForm action="/setup/domain/remove" shell={shell}>
              <input type="hidden" name="domain" value={domain} />
              <button type="submit" className="quiet small" aria-label={`Remove ${domain}`}>
                Remove
              </button>
            </SetupForm>
          </div>
        </>
      )}
    </section>
  );
}

/** What the name servers say at this moment. */
function Seen({ one: { found, record } }: { one: SetupDomain }): ReactNode {
  const there = found?.includes(record.value) === true;
  return (
    <div className={`notice ${there ? 'good' : 'calm'}`}>
      <strong>What we see in the DNS now</strong>
      {found === undefined ? <p>The name servers of this domain did not answer.</p> : null}
      {found?.length === 0 ? (
        <p>
          <span className="wait" aria-hidden="true" />
          No TXT record at this name yet.
        </p>
      ) : null}
      {found === undefined || found.length === 0 ? null : (
        <ul>
          {found.map((text) => (
            <li key={text}>
              <code>{text}</code> {text === record.value ? 'is the right one: check now.' : 'is another text.'}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
