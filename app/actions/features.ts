'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as browserFeatures from '@/lib/services/browser-features';
import * as features from '@/lib/services/features';
import * as modelLibrary from '@/lib/services/model-library';
import * as patchMaps from '@/lib/services/patch-maps';
import * as models from '@/lib/services/models';

export const extractFeatures = action(actions.extractFeatures, features.extractFeatures);
export const startBrowserExtraction = action(actions.startBrowserExtraction, browserFeatures.startBrowserExtraction);
export const endBrowserExtraction = action(actions.endBrowserExtraction, browserFeatures.endBrowserExtraction);
export const startPatchMaps = action(actions.startPatchMaps, patchMaps.startPatchMaps);
export const downloadModel = action(actions.downloadModel, modelLibrary.downloadModel);
export const addModel = action(actions.addModel, modelLibrary.addModel);
export const removeModel = action(actions.removeModel, models.removeModel);
