'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as jobs from '@/lib/services/jobs';

export const cancelJob = action(actions.cancelJob, jobs.cancelJob);
export const retryJob = action(actions.retryJob, jobs.retryJob);
