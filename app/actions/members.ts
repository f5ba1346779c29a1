'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as members from '@/lib/services/members';
import * as users from '@/lib/services/users';

export const setMember = action(actions.setMember, members.setMember);
export const removeMember = action(actions.removeMember, members.removeMember);
export const createUser = action(actions.createUser, users.createUser);
export const renewSignInLink = action(actions.renewSignInLink, users.renewSignInLink);
export const setUserAdmin = action(actions.setUserAdmin, users.setUserAdmin);
export const removeUser = action(actions.removeUser, users.removeUser);
