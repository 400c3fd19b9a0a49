import { useQuery } from '@tanstack/react-query';
import { type Role, session_query, type SignedIn } from './session.ts';

/** Who is signed in. For screens inside the shell, which is shown to nobody else. */
export function use_session(): SignedIn {
  const { data } = useQuery(session_query);
  return data?.state === 'signed_in' ? data : nobody;
}

// for the moment between the end of a session and the sign-in page
const nobody: SignedIn = {
  ...{ state: 'signed_in', csrf: '', actor: { kind: '', id: '', name: '' }, role: 'support', organization: null, second_factor: null },
  ...{ ends_at: '', idle_seconds: 0, version: '', mocks: 0 },
};

const writers: readonly Role[] = ['owner', 'operator'];

/** What the API would let this person do; the buttons for anything else are not shown. */
export function use_rights() {
  const { role } = use_session();
  return {
    /** Within an organization. */
    write_organization: writers.includes(role) || role === 'org_admin',
    /** Organizations themselves, apps, hooks and all that stands above organizations. */
    write_installation: writers.includes(role),
    see_installation: role !== 'org_admin',
    owner: role === 'owner',
  };
}
