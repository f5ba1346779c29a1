import { mapMethodSchema, mapParametersSchema, runParametersSchema, type Projection, type Run, type RunParameters } from '@/lib/api/contracts/runs';
import { runTitle } from '@/lib/figures/run-name';
import type { MapChoices } from '@/lib/scoring/map';

type Common = { readonly id: string; readonly projectId: string; readonly featureSetId: string; readonly seed: number; /** "EAP, paper preset"; "Map". */ readonly title: string };

/** A run or map of a private project, which a browser computes. */
export type ComputeItem =
  | (Common & { readonly kind: 'run'; readonly evaluator: string; readonly preset: string; readonly parameters: RunParameters })
  | (Common & { readonly kind: 'map'; readonly choices: MapChoices });

/** Whether a browser has to compute it: no job of the server does. */
export function isForBrowser({ state, jobId }: Pick<Run | Projection, 'state' | 'jobId'>): boolean {
  return state === 'pending' && jobId === null;
}

export function runItem(projectId: string, run: Run): ComputeItem {
  const { id, featureSetId, seed, evaluator, preset } = run;
  return { kind: 'run', id, projectId, featureSetId, seed, title: runTitle(run), evaluator, preset, parameters: runParametersSchema.parse(run.parameters) };
}

export function mapItem(projectId: string, { id, featureSetId, seed, method, parameters }: Projection): ComputeItem {
  const choices = { ...mapParametersSchema.parse(parameters), method: mapMethodSchema.parse(method), seed };
  return { kind: 'map', id, projectId, featureSetId, seed, title: `Map, ${method}`, choices };
}
