'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import { endBrowserGeneration as end } from '@/lib/services/browser-generations';
import { startGeneration as start } from '@/lib/services/generations';

export const startGeneration = action(actions.startGeneration, start);
export const endBrowserGeneration = action(actions.endBrowserGeneration, end);
