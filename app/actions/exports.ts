'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as exports from '@/lib/services/exports';

export const startExport = action(actions.startExport, exports.startExport);
export const endExport = action(actions.endExport, exports.endExport);
