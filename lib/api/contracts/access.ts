import type { ProjectRole } from './common';

/**
 * Who may call a route or an action. `project` means: a member of the project named by `projectId` with at
 * least this role (viewer < inspector < lead); an administrator passes everywhere.
 */
export type Access =
  | { readonly scope: 'public' }
  | { readonly scope: 'user' }
  | { readonly scope: 'project'; readonly role: ProjectRole }
  | { readonly scope: 'admin' };

export const anyone: Access = { scope: 'public' };
export const signedIn: Access = { scope: 'user' };
export const viewer: Access = { scope: 'project', role: 'viewer' };
export const inspector: Access = { scope: 'project', role: 'inspector' };
export const lead: Access = { scope: 'project', role: 'lead' };
export const administrator: Access = { scope: 'admin' };
