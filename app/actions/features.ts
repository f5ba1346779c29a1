'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as features from '@/lib/services/features';
import * as models from '@/lib/services/models';

export const extractFeatures = action(actions.extractFeatures, features.extractFeatures);
export const removeModel = action(actions.removeModel, models.removeModel);
