'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as bulk from '@/lib/services/bulk-decisions';
import * as decisions from '@/lib/services/decisions';

export const decide = action(actions.decide, decisions.decide);
export const undo = action(actions.undo, decisions.undo);
export const decideMany = action(actions.decideMany, bulk.decideMany);
export const undoGroup = action(actions.undoGroup, bulk.undoGroup);
