import type { Schemas } from '../../../api/client.ts';

export const group_sources: Readonly<Record<Schemas['Group']['source'], string>> = {
  login: 'sign-ins',
  scim: 'SCIM',
  api: 'API',
  sync: 'directory sync',
};
