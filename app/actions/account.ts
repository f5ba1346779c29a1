'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as account from '@/lib/services/account';

export const setPreferences = action(actions.setPreferences, account.setPreferences);
export const setPassword = action(actions.setPassword, account.setPassword);
