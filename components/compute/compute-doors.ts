import { endBrowserGeneration } from '@/app/actions/generations';
import { endBrowserProjection, endBrowserRun } from '@/app/actions/runs';
import { base64Of } from '@/lib/api/base64';
import { callAction, getBytes, getColumns, getJson, sendBody } from '@/lib/api/client';
import { SCORES_PER_CALL, type BrowserEnd, type ScoreRow } from '@/lib/api/contracts/browser-runs';
import { packUuids } from '@/lib/api/contracts/columns';
import { addresses } from '@/lib/api/contracts/addresses';
import type { RunSummary } from '@/lib/api/contracts/runs';
import { AssayError } from '@/lib/errors';
import type { SampleMap } from '@/lib/scoring/map';
import { decodeSamples } from '@/lib/scoring/sample-columns';
import type { Valuation } from '@/lib/scoring/valuation';
import type { Vectors } from '@/lib/scoring/vectors';
import type { ComputeItem, VectorItem } from './compute-item';

/** Vectors of the last set as they came; several evaluators in turn take them from here. */
let held: { readonly featureSetId: string; readonly dim: number; readonly stream: Float32Array } | null = null;

/** Frees the vectors that were kept. */
export function forgetVectors(): void {
  held = null;
}

/**
 * Vectors of a feature set in the order in which the server would compute with them.
 * @throws ProblemError; AssayError `data.shape` when the answer is cut short
 */
export async function readVectors({ projectId, featureSetId }: Pick<VectorItem, 'projectId' | 'featureSetId'>, signal: AbortSignal): Promise<Vectors> {
  const params = { projectId, featureSetId };
  if (held?.featureSetId !== featureSetId) {
    held = null;
    const { featureSets } = await getJson(addresses.featureSets, { params: { projectId }, signal });
    const dim = featureSets.find(({ id }) => id === featureSetId)?.dim;
    if (dim === undefined) throw new AssayError('request.not_found', 'The feature set of this run is gone.');
    held = { featureSetId, dim, stream: new Float32Array(await getBytes(addresses.featureSetVectors, { params, signal })) };
  }
  const { dim, stream } = held;
  // Asked anew each time: roles may have been changed since the last run.
  const samples = decodeSamples(await getColumns(addresses.featureSetSamples, { params, signal }));
  const data = new Float32Array(samples.length * dim);
  samples.forEach(({ at }, row) => {
    if ((at + 1) * dim > stream.length) throw new AssayError('data.shape', 'The vectors of the feature set did not come whole.', { hint: 'Try again.' });
    data.set(stream.subarray(at * dim, (at + 1) * dim), row * dim);
  });
  return { samples, dim, data };
}

type RunOutcome = { readonly rows: readonly ScoreRow[]; readonly summary: RunSummary; readonly parameters: Valuation['parameters'] };

/** Hands the scores of a run in, a part at a time, then its summary, which makes it ready. */
export async function storeRun({ projectId, id: runId }: VectorItem, { rows, summary, parameters }: RunOutcome, signal: AbortSignal, onStored: (rows: number) => void): Promise<void> {
  const params = { projectId, runId };
  for (let from = 0; from < rows.length; from += SCORES_PER_CALL) {
    const { stored } = await sendBody(addresses.storeScores, { params, body: { from, scores: rows.slice(from, from + SCORES_PER_CALL) }, signal });
    onStored(stored);
  }
  await sendBody(addresses.storeRun, { params, body: { summary, parameters }, signal });
}

/** Hands a map in. */
export async function storeMap({ projectId, id: projectionId }: VectorItem, { samples }: Vectors, { x, y, parameters, divergence }: SampleMap, signal: AbortSignal): Promise<void> {
  const positions = new Float32Array(2 * x.length);
  x.forEach((value, row) => positions.set([value, y[row]!], 2 * row));
  const ids = base64Of(packUuids(samples.map(({ id }) => id)));
  await sendBody(addresses.storeProjection, { params: { projectId, projectionId }, body: { ids, positions: base64Of(positions), parameters, divergence }, signal });
}

/** Ends a run, map or batch before it is complete. */
export async function endItem(item: ComputeItem, end: BrowserEnd): Promise<void> {
  const { kind, projectId, id } = item;
  if (kind === 'run') await callAction(endBrowserRun, { projectId, runId: id, end });
  else if (kind === 'batch' && item.again) return;
  else if (kind === 'batch') await callAction(endBrowserGeneration, { projectId, generationId: id, end });
  else await callAction(endBrowserProjection, { projectId, projectionId: id, end });
}
