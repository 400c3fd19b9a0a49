import type { ReactNode } from 'react';
import type { Frame } from '../frame.tsx';
import type { NamedValues } from '../named_values.tsx';
import { Next, SetupForm, TextField, TickField, Values } from './parts.tsx';
import { setup_document } from './shell.tsx';
import type { SetupShell } from './view.ts';

export interface SetupAttributesView {
  readonly rows: readonly SetupAttribute[];
  /** What came at the last test sign-in, under the partner's own names. */
  readonly received: readonly NamedValues[];
  /** Which fields the vendor set up in a way that is not shown here; they stay. */
  readonly kept: readonly string[];
  readonly email_required: boolean;
  readonly version: number;
  readonly back: string;
  readonly test: string;
}

export interface SetupAttribute {
  readonly name: string;
  readonly label: string;
  /** The partner's attribute; empty: the usual names are looked for. */
  readonly from: string;
  readonly usual: readonly string[];
  /** What the last test sign-in makes of it now. */
  readonly sample: string | undefined;
}

/** Which of the partner's attributes is what, with values of a real sign-in. P9. */
export function setup_attributes_page(view: SetupAttributesView, shell: SetupShell, frame: Frame): string {
  const body = (
    <>
      <p className="lead">
        What your identity provider calls each thing. The usual names are found by themselves: change something only where the value is
        missing or wrong.
      </p>
      {view.received.length > 0 ? null : (
        <div className="notice calm">
          <strong>No values yet</strong>
          <p>
            Try a sign-in first and come back: you then see what really arrives. <a href={view.test}>To the test sign-in</a>
          </p>
        </div>
      )}
      <SetupForm action="/setup/attributes" shell={shell}>
        <input type="hidden" name="connection_version" value={view.version} />
        <datalist id="received-names">
          {view.received.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {view.rows.map((row) => (
          <TextField
            key={row.name}
            {...{ name: row.name, label: row.label, value: row.from, shell, list: 'received-names' }}
            placeholder={`found by itself: ${row.usual.slice(0, 2).join(', ')}`}
            hint={<Sample row={row} received={view.received.length > 0} />}
          />
        ))}
        <TickField name="email_required" label="Refuse people of whom no e-mail address comes" on={view.email_required} />
        {view.kept.length === 0 ? null : (
          <p className="fine">
            Set up by <bdi>{shell.vendor_name}</bdi> and left alone: <bdi>{view.kept.join(', ')}</bdi>.
          </p>
        )}
        <Received rows={view.received} />
        <Next back={view.back}>
          <button type="submit">Save and go on</button>
        </Next>
      </SetupForm>
    </>
  );
  return setup_document(frame, shell, { title: 'Match the attributes', body });
}

function Sample({ row, received }: { row: SetupAttribute; received: boolean }): ReactNode {
  if (!received) return 'Empty: the usual names are looked for.';
  if (row.sample === undefined) return 'Nothing at the last test sign-in.';
  return (
    <>
      At the last test sign-in: <strong>{<bdi>{row.sample}</bdi>}</strong>
    </>
  );
}

function Received({ rows }: { rows: readonly NamedValues[] }): ReactNode {
  if (rows.length === 0) return null;
  return (
    <>
      <h2 id="received">What arrived at the last test sign-in</h2>
      <Values rows={rows} labelled_by="received" />
    </>
  );
}
