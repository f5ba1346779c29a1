'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as tags from '@/lib/services/tags';
import * as views from '@/lib/services/views';

export const tagSamples = action(actions.tagSamples, tags.tagSamples);
export const saveView = action(actions.saveView, views.saveView);
export const removeView = action(actions.removeView, views.removeView);
