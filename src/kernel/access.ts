import type { OrgId } from './ids.ts';

/** Whose access ends: every session, grant and token made under it. */
export type AccessScope =
  | { readonly org_id: OrgId }
  | { readonly org_id: OrgId; readonly user_id: string }
  | { readonly org_id: OrgId; readonly connection_id: string }
  | { readonly org_id: OrgId; readonly session_id: string }
  /** What one person has in one app. */
  | { readonly org_id: OrgId; readonly user_id: string; readonly client_id: string }
  | { readonly client_id: string };
