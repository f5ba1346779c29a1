'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import { startModelSelection as start } from '@/lib/services/selections';

export const startModelSelection = action(actions.startModelSelection, start);
