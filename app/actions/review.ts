'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as decisions from '@/lib/services/decisions';

export const decide = action(actions.decide, decisions.decide);
export const undo = action(actions.undo, decisions.undo);
