import type { LinkProps } from '@tanstack/react-router';
import type { IconName } from '../components/icon.tsx';

export interface Place {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: string;
  readonly icon: IconName;
  /** Pressed after G. */
  readonly key?: string;
}

export interface Area {
  readonly title: string;
  readonly places: readonly Place[];
}

/** The console, as an operator goes through it. An `org_admin` sees its organization instead. */
export const areas: readonly Area[] = [
  {
    title: 'Partners',
    places: [
      { to: '/', label: 'Dashboard', icon: 'dashboard', key: 'd' },
      { to: '/organizations', label: 'Organizations', icon: 'building', key: 'o' },
      { to: '/sign-ins', label: 'Sign-in log', icon: 'log', key: 'l' },
    ],
  },
  {
    title: 'Products',
    places: [
      { to: '/apps', label: 'Apps', icon: 'apps', key: 'a' },
      { to: '/resources', label: 'API resources', icon: 'resource' },
      { to: '/roles', label: 'Roles', icon: 'badge' },
      { to: '/scim-targets', label: 'SCIM targets', icon: 'sync' },
    ],
  },
  {
    title: 'Operation',
    places: [
      { to: '/audit', label: 'Audit', icon: 'shield', key: 'u' },
      { to: '/hooks', label: 'Event hooks', icon: 'hook' },
      { to: '/keys', label: 'Keys', icon: 'key' },
      { to: '/system', label: 'System', icon: 'gear' },
      { to: '/configuration', label: 'Configuration', icon: 'rules' },
      { to: '/mock-partners', label: 'Mock partners', icon: 'plug' },
    ],
  },
];
