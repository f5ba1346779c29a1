'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import { startExperiment as start } from '@/lib/services/experiments';

export const startExperiment = action(actions.startExperiment, start);
