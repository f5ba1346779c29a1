'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as browserMaps from '@/lib/services/browser-maps';
import * as browserRuns from '@/lib/services/browser-runs';
import * as projections from '@/lib/services/projections';
import * as runs from '@/lib/services/runs';

export const startRuns = action(actions.startRuns, runs.startRuns);
export const startProjection = action(actions.startProjection, projections.startProjection);
export const endBrowserRun = action(actions.endBrowserRun, browserRuns.endBrowserRun);
export const endBrowserProjection = action(actions.endBrowserProjection, browserMaps.endBrowserProjection);
