import { useQuery } from '@tanstack/react-query';
import { Link, useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';
import { use_rights } from '../api/use_session.ts';
import { client_query, connection_query, organization_query, user_query } from '../api/queries.ts';

/** Where this screen stands; the window is called the same. */
export function Crumbs() {
  const matches = useMatches();
  const names = use_names(matches.at(-1)?.params ?? {});
  const { see_installation } = use_rights();
  const crumbs = matches.flatMap(({ id, pathname, staticData: { crumb, crumb_of, parent } }) => {
    const label = crumb_of === undefined ? crumb : names[crumb_of];
    if (label === undefined) return [];
    const path = pathname.replace(/^\/console(?=\/)/, '');
    const above =
      parent === undefined || (parent === 'Organizations' && !see_installation)
        ? []
        : [{ id: `${id} above`, label: parent, pathname: path.replace(/\/[^/]+\/?$/, '') }];
    return [...above, { id, label, pathname: path }];
  });
  const title = crumbs
    .map(({ label }) => label)
    .toReversed()
    .join(' · ');
  useEffect(() => {
    document.title = title === '' ? 'Postern console' : `${title} · Postern`;
  }, [title]);
  return (
    <nav aria-label="Path" style={{ flex: 1, minInlineSize: 0 }}>
      <ol className="crumbs">
        {crumbs.map(({ id, label, pathname }, at) => (
          <li key={id}>{at === crumbs.length - 1 ? <span aria-current="page">{label}</span> : <Link to={pathname}>{label}</Link>}</li>
        ))}
      </ol>
    </nav>
  );
}

/** The names of what the address names by id; an ellipsis until they are known. */
function use_names(params: Readonly<Record<string, string>>) {
  const { organization_id = '', connection_id = '', user_id = '', client_id = '' } = params;
  const organization = useQuery({ ...organization_query(organization_id), enabled: organization_id !== '' });
  const connection = useQuery({ ...connection_query(organization_id, connection_id), enabled: connection_id !== '' });
  const user = useQuery({ ...user_query(organization_id, user_id), enabled: user_id !== '' });
  const client = useQuery({ ...client_query(client_id), enabled: client_id !== '' });
  const person = user.data?.item;
  return {
    organization: organization.data?.item.name ?? '…',
    connection: connection.data?.item.name ?? '…',
    user: person === undefined ? '…' : (person.display_name ?? person.user_name),
    client: client.data?.item.client_name ?? client.data?.item.client_id ?? '…',
  };
}
