'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import { startPrototypeSearch as start } from '@/lib/services/prototypes';

export const startPrototypeSearch = action(actions.startPrototypeSearch, start);
