'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as pools from '@/lib/services/prompt-pools';
import * as selections from '@/lib/services/prompt-selections';

export const startPromptSelection = action(actions.startPromptSelection, selections.startPromptSelection);
export const savePool = action(actions.savePool, pools.savePool);
export const importPool = action(actions.importPool, pools.importPool);
export const removePool = action(actions.removePool, pools.removePool);
