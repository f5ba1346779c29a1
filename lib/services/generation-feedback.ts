import type { z } from 'zod';
import type { FeedbackGroup, FeedbackParameter, GenerationFeedback, generationFeedbackQuerySchema } from '@/lib/api/contracts/feedback';
import { AssayError } from '@/lib/errors';
import { contrastsOf } from '@/lib/figures/feedback/contrasts';
import { tallyOf } from '@/lib/figures/feedback/tally';
import type { PrismaClient } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { defaultRun } from './default-run';
import { countedAll, countedGroups, frequentValues, keyOf, mostBins, parameterFacts, type Chosen, type CountedGroup, type ParameterFacts, type Parting } from './feedback-groups';

/** Parameters that are shown: more would drown what matters, and each makes every comparison less sure. */
const mostParameters = 60;

type Asked = { projectId: string } & z.output<typeof generationFeedbackQuerySchema>;

/**
 * What scores and people say of the auxiliary samples of a generator, by every parameter that they were made with; and which
 * parameter makes a difference (lib/figures/feedback/contrasts.ts). Counted in the database: samples never leave it.
 * @throws AssayError `request.not_found` for a run that is not there
 */
export async function generationFeedback({ store }: ServiceContext, { projectId, run: runId, generator: wanted }: Asked): Promise<GenerationFeedback> {
  const [generators, run] = await Promise.all([generatorsOf(store, projectId), runOf(store, projectId, runId)]);
  const generator = generators.find(({ name }) => name === wanted)?.name ?? generators[0]?.name ?? null;
  if (generator === null) return { generators, generator, run, all: null, parameters: [], standsOut: [], comparisons: 0, constant: [], leftOut: 0 };
  const chosen: Chosen = { projectId, generator, runId: run?.id ?? null };
  const facts = await parameterFacts(store, chosen);
  const { shown, constant, leftOut } = sorted(facts);
  const [partings, all] = await Promise.all([partingsOf(store, chosen, shown), countedAll(store, chosen)]);
  const parameters = groupsOf(shown, partings, await countedGroups(store, chosen, partings));
  return { generators, generator, run, all: tallyOf(all), parameters, ...contrastsOf(parameters), constant, leftOut };
}

function generatorsOf(store: PrismaClient, projectId: string): Promise<GenerationFeedback['generators']> {
  return store.$queryRaw<GenerationFeedback['generators']>`
    SELECT "generator" AS "name", count(*)::int AS "samples" FROM "Sample"
    WHERE "projectId" = ${projectId}::uuid AND "role" = 'auxiliary' AND "generator" IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`;
}

async function runOf(store: PrismaClient, projectId: string, id: string | undefined): Promise<GenerationFeedback['run']> {
  const runId = id ?? (await defaultRun(store, projectId))?.id;
  if (runId === undefined) return null;
  const run = await store.run.findFirst({ where: { id: runId, projectId, state: 'ready' }, select: { id: true, evaluator: true, featureSet: { select: { model: { select: { name: true } } } } } });
  if (run === null) throw new AssayError('request.not_found', 'There is no such run in this project.', { hint: 'Choose another run.' });
  return { id: run.id, evaluator: run.evaluator, modelName: run.featureSet.model.name };
}

/** Parameters that can be shown; those that are the same for all; and how many are neither. */
function sorted(facts: readonly ParameterFacts[]): { shown: ParameterFacts[]; constant: GenerationFeedback['constant']; leftOut: number } {
  const constant = facts.filter(({ distinct }) => distinct === 1);
  // A word of its own for each sample is a name, and no setting.
  const varied = facts.filter(({ distinct, isNumber, given }) => distinct > 1 && (isNumber || distinct < given || distinct <= 2));
  const shown = [...varied].sort((a, b) => b.given - a.given).slice(0, mostParameters);
  return { shown, constant: constant.map(({ source, name, example }) => ({ source, name, value: example })), leftOut: facts.length - constant.length - shown.length };
}

async function partingsOf(store: PrismaClient, chosen: Chosen, facts: readonly ParameterFacts[]): Promise<Parting[]> {
  const few = facts.filter(({ isNumber, distinct }) => !isNumber || distinct <= mostBins);
  const values = few.length === 0 ? new Map<string, string[]>() : await frequentValues(store, chosen, few);
  return facts.map((fact) => {
    const { source, name, isNumber, distinct } = fact;
    const own = values.get(keyOf(fact)) ?? [];
    if (!isNumber) return { source, name, isNumber, edges: [], words: own };
    return { source, name, isNumber, edges: distinct <= mostBins ? own.map(Number).sort((a, b) => a - b).slice(1) : edgesOf(fact), words: [] };
  });
}

/** Quantiles above the least value, each once; where most samples have the least value, all above it are the other bin. */
function edgesOf({ quantiles, minimum }: ParameterFacts): number[] {
  const least = minimum ?? 0;
  const edges = [...new Set(quantiles)].filter((edge) => edge > least).sort((a, b) => a - b);
  return edges.length > 0 ? edges : [least + Math.max(Math.abs(least) * Number.EPSILON, Number.MIN_VALUE)];
}

function groupsOf(facts: readonly ParameterFacts[], partings: readonly Parting[], counted: readonly CountedGroup[]): FeedbackParameter[] {
  const byParameter = new Map<string, CountedGroup[]>();
  for (const row of counted) {
    const key = keyOf(row);
    const known = byParameter.get(key);
    if (known === undefined) byParameter.set(key, [row]);
    else known.push(row);
  }
  return facts.map((fact, i) => {
    const rows = byParameter.get(keyOf(fact)) ?? [];
    const numbers = [...new Set(rows.map(({ group }) => group))].sort((a, b) => a - b);
    const groups = numbers.map((group) => groupOf(rows.filter((row) => row.group === group), partings[i]!.words[group] ?? null));
    return { source: fact.source, name: fact.name, kind: fact.isNumber ? 'number' : 'word', given: groups.reduce((total, group) => total + group.total, 0), groups };
  });
}

function groupOf(rows: readonly CountedGroup[], value: string | null): FeedbackGroup {
  const least = (values: readonly (number | null)[], pick: (...of: number[]) => number) => {
    const known = values.filter((one) => one !== null);
    return known.length === 0 ? null : pick(...known);
  };
  return { ...tallyOf(rows.map(({ cell }) => cell)), from: least(rows.map(({ from }) => from), Math.min), to: least(rows.map(({ to }) => to), Math.max), value };
}
