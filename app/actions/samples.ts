'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as samples from '@/lib/services/sample-changes';

export const changeSamples = action(actions.changeSamples, samples.changeSamples);
export const deleteSamples = action(actions.deleteSamples, samples.deleteSamples);
