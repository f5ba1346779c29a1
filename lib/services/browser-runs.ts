import type { z } from 'zod';
import type { browserEndSchema, runResultSchema, ScoreRow, scorePageSchema } from '@/lib/api/contracts/browser-runs';
import { scoreRowSchema } from '@/lib/api/contracts/browser-runs';
import { neighboursOfText } from '@/lib/api/contracts/further-neighbours';
import type { Run as RunDto, RunSummary } from '@/lib/api/contracts/runs';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { runColumns } from '@/lib/scoring/run-columns';
import { trainingSet } from '@/lib/scoring/training-set';
import type { VectorSample } from '@/lib/scoring/vectors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { Transaction } from '@/lib/store/client';
import { insertScores } from '@/lib/store/insert-scores';
import { endedFields, lockPending, otherSamples } from './browser-results';
import { placedSamples } from './browser-set';
import type { ServiceContext } from './context';
import { getRun } from './runs';

type Where = { projectId: string; runId: string };
const slow = { timeout: 120_000, maxWait: 20_000 };

/**
 * Keeps part of the scores that a browser computed; nobody sees them before the run is ready.
 * @throws AssayError `request.conflict` when the run has ended, the project is not private or another page stores too, `data.shape` for other samples than
 * the auxiliary ones of the run's feature set
 */
export async function storeScores({ store, signal }: ServiceContext, { from, scores, ...where }: Where & z.output<typeof scorePageSchema>): Promise<{ stored: number }> {
  return store.$transaction(async (transaction) => {
    const featureSetId = await lockPending(transaction, { kind: 'Run', id: where.runId, projectId: where.projectId });
    if (from === 0) await transaction.score.deleteMany({ where: { runId: where.runId } });
    const held = await transaction.score.count({ where: { runId: where.runId } });
    if (held !== from) {
      throw new AssayError('request.conflict', `The server holds ${held} scores of this run, not ${from}.`, { hint: 'Another page may be computing it. Let that one end, or compute it again.' });
    }
    await requireOfSet(transaction, { ...where, featureSetId }, scores);
    await insertScores(transaction, where.runId, scores, signal);
    return { stored: held + scores.length };
  }, slow);
}

/** Each score is of another auxiliary sample of the set, and what its reason names is in the set. */
async function requireOfSet(transaction: Transaction, { projectId, runId, featureSetId }: Where & { featureSetId: string }, scores: readonly ScoreRow[]): Promise<void> {
  const scored = new Set(scores.map(({ sampleId }) => sampleId));
  const named = new Set(scores.flatMap((score) => [score.centreSampleId, score.gapSampleId, score.nearestNormalId, score.nearestAnomalyId, ...furtherIds(score)]).filter((id) => id !== null));
  const ids = [...new Set([...scored, ...named])];
  const found = await transaction.$queryRaw<{ id: string; role: string }[]>`
    SELECT sample."id", sample."role"::text AS role FROM "Sample" sample
    WHERE sample."projectId" = ${projectId}::uuid AND sample."id" = ANY (${ids}::uuid[])
      AND sample."id" IN (SELECT unnest(chunk."sampleIds") FROM "FeatureChunk" chunk WHERE chunk."featureSetId" = ${featureSetId}::uuid)`;
  const roles = new Map(found.map(({ id, role }) => [id, role]));
  const twice = scored.size < scores.length || (await transaction.score.count({ where: { runId, sampleId: { in: [...scored] } } })) > 0;
  const fits = [...scored].every((id) => roles.get(id) === 'auxiliary') && [...named].every((id) => roles.has(id) && roles.get(id) !== 'auxiliary');
  if (twice || !fits) throw otherSamples();
}

/** The schema has read the text before. */
function furtherIds({ furtherNeighbours }: ScoreRow): string[] {
  const further = furtherNeighbours === null ? null : neighboursOfText(furtherNeighbours);
  return further === null ? [] : [...further.normals, ...further.anomalies].map(({ sampleId }) => sampleId);
}

/**
 * Makes a run ready whose scores were all sent: in one transaction, with the columns that the screens load.
 * @throws AssayError as `storeScores`; `data.shape` also when scores are missing or the summary is not one of these samples
 */
export async function storeRun(context: ServiceContext, { summary, parameters, ...where }: Where & z.output<typeof runResultSchema>): Promise<RunDto> {
  await context.store.$transaction(async (transaction) => {
    const featureSetId = await lockPending(transaction, { kind: 'Run', id: where.runId, projectId: where.projectId });
    const run = await transaction.run.findUniqueOrThrow({ where: { id: where.runId }, select: { parameters: true, seed: true } });
    const chosen = Object.entries({ ...(run.parameters as object), seed: run.seed });
    if (!chosen.every(([name, value]) => parameters[name] === value)) {
      throw new AssayError('data.shape', 'The result was computed with other parameters than those of the run.', { hint: 'Compute it again.' });
    }
    const samples = await placedSamples(transaction, { ...where, featureSetId });
    const scores = await storedScores(transaction, where.runId, samples);
    requireSummaryOf(summary, samples, scores);
    const columnsSha256 = await blobStore().put(runColumns(samples, scores));
    await transaction.run.update({ where: { id: where.runId }, data: { state: 'ready', summary, parameters, columnsSha256 } });
  }, slow);
  return getRun(context, where);
}

/** Scores of the run, one for each auxiliary sample of its set, in their order; without their further neighbours, which no column holds. */
async function storedScores(transaction: Transaction, runId: string, samples: readonly VectorSample[]): Promise<ScoreRow[]> {
  const rows = await transaction.score.findMany({ where: { runId }, omit: { runId: true, furtherNeighbours: true } });
  const scores = new Map(rows.map((row) => [row.sampleId, scoreRowSchema.parse({ ...row, furtherNeighbours: null })]));
  const auxiliary = samples.filter(({ role }) => role === 'auxiliary');
  if (auxiliary.length !== scores.size) throw new AssayError('data.shape', `${scores.size} scores came, but the feature set has ${auxiliary.length} auxiliary samples.`, { hint: 'Compute it again.' });
  return auxiliary.map(({ id }) => scores.get(id) ?? fail());
}

function fail(): never {
  throw otherSamples();
}

/** Counts follow from the samples and the scores; a summary that says otherwise is of something else. */
function requireSummaryOf(summary: RunSummary, samples: readonly VectorSample[], scores: readonly ScoreRow[]): void {
  const { labels, auxiliary } = trainingSet(samples);
  const anomalies = labels.reduce((sum, label) => sum + label, 0);
  const inZone = (zone: ScoreRow['zone']) => scores.filter((score) => score.zone === zone).length;
  const { zones } = summary;
  const counts = [summary.normals === labels.length - anomalies, summary.anomalies === anomalies, summary.auxiliary === auxiliary.length];
  const zoned = zones === null ? inZone(null) === scores.length : zones.realistic === inZone('realistic') && zones.unrealistic === inZone('unrealistic') && zones.indistinguishable === inZone('indistinguishable');
  if (!counts.every(Boolean) || !zoned) throw otherSamples();
}

/** Ends a run of a browser without scores. */
export async function endBrowserRun(context: ServiceContext, { end, ...where }: Where & { end: z.output<typeof browserEndSchema> }): Promise<RunDto> {
  await context.store.$transaction(async (transaction) => {
    await lockPending(transaction, { kind: 'Run', id: where.runId, projectId: where.projectId });
    await transaction.score.deleteMany({ where: { runId: where.runId } });
    const { evaluator } = await transaction.run.update({ where: { id: where.runId }, data: endedFields(end) });
    await recordEvent(transaction, { actor: context.actor, projectId: where.projectId }, { type: 'run.ended', runId: where.runId, evaluator, state: end.outcome });
  });
  return getRun(context, where);
}
