import type { Paged } from '../../app/search.ts';

/** What the list of organizations is narrowed by. */
export interface OrganizationsSearch extends Paged {
  q?: string;
  status?: 'active' | 'suspended';
}
