'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import { startKeepAnalysis as start } from '@/lib/services/keep';
import { pickDiverse as pick } from '@/lib/services/keep-picks';

export const startKeepAnalysis = action(actions.startKeepAnalysis, start);
export const pickDiverse = action(actions.pickDiverse, pick);
