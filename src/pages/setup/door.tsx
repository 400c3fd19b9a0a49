import type { Frame } from '../frame.tsx';
import { portal_document } from './shell.tsx';

export interface SetupDoorView {
  readonly vendor_name: string;
}

/** Nobody has opened a link here: administrators of an organization sign in through their own connection. P14. */
export function setup_door_page({ vendor_name }: SetupDoorView, frame: Frame): string {
  const title = 'Look after your connection';
  return portal_document(
    frame,
    title,
    <main>
      <h1>{title}</h1>
      <p className="lead">
        For administrators of a company that signs in at <bdi>{vendor_name}</bdi> already. You sign in as always, through your own identity
        provider.
      </p>
      <form action="/setup/enter">
        <div className="field">
          <label htmlFor="login_hint">Work e-mail address</label>
          <input
            id="login_hint"
            name="login_hint"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={320}
            required
          />
        </div>
        <button type="submit">Continue</button>
      </form>
      <h2>Were you sent a link?</h2>
      <p>Open the whole link from your message: you need no account for it.</p>
    </main>,
    false,
  );
}
