import type { Generation, GeneratorId, GeneratorParameters } from '@/lib/api/contracts/generators';
import { mapMethodSchema, mapParametersSchema, runParametersSchema, type Projection, type Run, type RunParameters } from '@/lib/api/contracts/runs';
import { runTitle } from '@/lib/figures/run-name';
import type { MapChoices } from '@/lib/scoring/map';

type Common = { readonly id: string; readonly projectId: string; readonly seed: number; /** "EAP, paper preset"; "Map". */ readonly title: string };

/** A run or map of a private project, which a browser computes. */
export type VectorItem = Common & { readonly featureSetId: string } & (
    | { readonly kind: 'run'; readonly evaluator: string; readonly preset: string; readonly parameters: RunParameters }
    | { readonly kind: 'map'; readonly choices: MapChoices }
  );

/** A batch of synthetic anomalies of a private project, which a browser makes. */
export type BatchItem = Common & {
  readonly kind: 'batch';
  readonly generator: GeneratorId;
  readonly parameters: GeneratorParameters;
  readonly count: number;
  /** It has ended, and this browser makes again what it lacks of it. */
  readonly again: boolean;
};

/** What a browser does for a private project. */
export type ComputeItem = VectorItem | BatchItem;

/** Whether a browser has to compute it: no job of the server does. */
export function isForBrowser({ state, jobId }: Pick<Run | Projection | Generation, 'state' | 'jobId'>): boolean {
  return state === 'pending' && jobId === null;
}

export function runItem(projectId: string, run: Run): VectorItem {
  const { id, featureSetId, seed, evaluator, preset } = run;
  return { kind: 'run', id, projectId, featureSetId, seed, title: runTitle(run), evaluator, preset, parameters: runParametersSchema.parse(run.parameters) };
}

export function mapItem(projectId: string, { id, featureSetId, seed, method, parameters }: Projection): VectorItem {
  const choices = { ...mapParametersSchema.parse(parameters), method: mapMethodSchema.parse(method), seed };
  return { kind: 'map', id, projectId, featureSetId, seed, title: `Map, ${method}`, choices };
}
