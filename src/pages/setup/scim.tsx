import type { ReactNode } from 'react';
import type { Frame } from '../frame.tsx';
import { moment } from '../translate.ts';
import { Copyable, Next, SetupForm } from './parts.tsx';
import { Guide, Mistakes, type SetupGuideView } from './provider.tsx';
import { setup_document } from './shell.tsx';
import type { SetupShell } from './view.ts';

export interface SetupScimView {
  readonly base_url: string;
  readonly tokens: readonly SetupScimToken[];
  /** Shown on this page and never again. */
  readonly new_token: string | undefined;
  /** The vendor's own steps; undefined where it has none. */
  readonly guide: SetupGuideView | undefined;
  /** Why there may be none. */
  readonly note: string | undefined;
  readonly back: string;
  readonly next: string;
}

export interface SetupScimToken {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly last_used_at: Date | undefined;
}

/** People come and go by themselves: address, token, the vendor's steps, and whether anything has arrived. P11. */
export function setup_scim_page(view: SetupScimView, shell: SetupShell, frame: Frame): string {
  const body = (
    <>
      <p className="lead">
        With SCIM your identity provider tells us who joins, changes or leaves, without waiting for a sign-in. It can be set up later as
        well.
      </p>
      <Copyable id="scim-url" label="SCIM base URL" value={view.base_url} />
      <TokenPanel view={view} shell={shell} />
      <div
        id="arrived"
        {...(view.tokens.length > 0 && view.tokens.every((token) => token.last_used_at === undefined) && { 'data-live': '' })}
      >
        <ScimTokens tokens={view.tokens} shell={shell} remove="/setup/scim/remove" />
      </div>
      {view.note === undefined ? null : <p className="fine">{view.note}</p>}
      {view.guide === undefined ? null : (
        <>
          <h2>In {view.guide.name}</h2>
          <Guide guide={view.guide} prefix="scim" />
          <Mistakes guide={view.guide} />
        </>
      )}
      <Next back={view.back}>
        <SetupForm action="/setup/scim/done" shell={shell}>
          <button type="submit">{view.tokens.length === 0 ? 'Not now: go on' : 'Continue'}</button>
        </SetupForm>
      </Next>
    </>
  );
  return setup_document(frame, shell, { title: 'Send people by SCIM', body });
}

function TokenPanel({ view: { new_token, tokens }, shell }: { view: SetupScimView; shell: SetupShell }): ReactNode {
  if (new_token !== undefined)
    return (
      <div className="notice good">
        <strong>The token, shown this once</strong>
        <p>Copy it now into your identity provider. Nobody can read it again; a lost one is replaced by a new one.</p>
        <Copyable id="scim-token" label="SCIM token (bearer token)" value={new_token} />
      </div>
    );
  return (
    <SetupForm action="/setup/scim" shell={shell}>
      <button type="submit" className={tokens.length === 0 ? undefined : 'quiet'}>
        {tokens.length === 0 ? 'Make the token' : 'Make a new token'}
      </button>
    </SetupForm>
  );
}

interface ScimTokensProps {
  readonly tokens: readonly SetupScimToken[];
  readonly shell: SetupShell;
  /** Where the form goes that removes one. */
  readonly remove: string;
}

/** Which tokens there are, and whether something came with them; a token itself is shown to nobody. */
export function ScimTokens({ tokens, shell, remove }: ScimTokensProps): ReactNode {
  if (tokens.length === 0) return null;
  return (
    <ul className="rows">
      {tokens.map((token) => (
        <li className="row" key={token.id}>
          <div className="grow">
            <strong>
              <bdi>{token.name}</bdi>
            </strong>
            <small>
              {token.last_used_at === undefined ? (
                <>
                  <span className="wait" aria-hidden="true" />
                  Made {moment('en', token.created_at)}. No request yet.
                </>
              ) : (
                `Last request ${moment('en', token.last_used_at)}`
              )}
            </small>
          </div>
          <span className={`badge ${token.last_used_at === undefined ? '' : 'good'}`}>
            {token.last_used_at === undefined ? 'Waiting for the first request' : 'Requests arrive'}
          </span>
          <SetupForm action={remove} shell={shell}>
            <input type="hidden" name="token" value={token.id} />
            <button type="submit" className="quiet small" aria-label={`Remove the token ${token.name}`}>
              Remove
            </button>
          </SetupForm>
        </li>
      ))}
    </ul>
  );
}
