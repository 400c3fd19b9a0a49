import { Link } from '@tanstack/react-router';
import { use_session } from '../api/use_session.ts';
import { Icon } from '../components/icon.tsx';
import { areas } from './navigation.ts';

export function SideNav() {
  const { role, organization } = use_session();
  return (
    <>
      <Link to="/" className="brand">
        <span className="mark">
          <Icon name="gate" size={20} />
        </span>
        Postern
      </Link>
      {role === 'org_admin' && organization !== null ? (
        <Link to="/organizations/$organization_id" params={{ organization_id: organization.id }} className="nav">
          <Icon name="building" />
          {organization.name}
        </Link>
      ) : (
        areas.map(({ title, places }) => (
          <div key={title}>
            <p className="nav-title">{title}</p>
            {places.map(({ to, label, icon }) => (
              <Link key={to} to={to} className="nav" activeOptions={{ exact: to === '/', includeSearch: false }}>
                <Icon name={icon} />
                {label}
              </Link>
            ))}
          </div>
        ))
      )}
    </>
  );
}
