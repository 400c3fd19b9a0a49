import type { ReactNode } from 'react';
import { document, type Frame, Mark, words } from './frame.tsx';
import { type Csrf, Form } from './parts.tsx';

export interface Choice {
  readonly id: string;
  readonly name: string;
  /** A second line: "SAML", a domain. */
  readonly hint?: string | undefined;
  readonly last_used?: boolean | undefined;
}

export interface OrganizationsView {
  readonly action: string;
  readonly csrf: Csrf;
  readonly organizations: readonly Choice[];
}

export interface ConnectionsView {
  readonly action: string;
  readonly csrf: Csrf;
  readonly organization_name: string;
  readonly connections: readonly Choice[];
}

/** Which organization: posts `organization`. S2. */
export function organizations_page(view: OrganizationsView, frame: Frame): string {
  const t = words(frame);
  const title = t('organizations.title');
  const body = chooser(title, t('organizations.lead'), 'organization', view.organizations, view, t('connections.last_used'));
  return document(frame, { title, body });
}

/** Which of an organization's connections: posts `connection`. S3. */
export function connections_page(view: ConnectionsView, frame: Frame): string {
  const t = words(frame);
  const title = t('connections.title');
  const lead = t('connections.lead', { organization: view.organization_name });
  return document(frame, { title, body: chooser(title, lead, 'connection', view.connections, view, t('connections.last_used')) });
}

function chooser(
  title: string,
  lead: string,
  field: string,
  choices: readonly Choice[],
  to: { action: string; csrf: Csrf },
  last_used: string,
): ReactNode {
  return (
    <>
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      <Form action={to.action} csrf={to.csrf}>
        <ul className="choices">
          {choices.map((choice) => (
            <li key={choice.id}>
              <button className="choice" name={field} value={choice.id}>
                <Mark name={choice.name} />
                <span className="grow">
                  {choice.name}
                  {choice.hint === undefined ? null : <small>{choice.hint}</small>}
                </span>
                {choice.last_used === true ? <span className="badge">{last_used}</span> : null}
              </button>
            </li>
          ))}
        </ul>
      </Form>
    </>
  );
}
