import type { SyntheticSource } from '@/lib/api/contracts/selections';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { Prisma } from '@/lib/store/generated/client';

type Auxiliary = Extract<SyntheticSource, { kind: 'auxiliary' }>;

/** The evaluator whose third is taken where none is named. */
const DEFAULT_EVALUATOR = 'EAP';

/** What a choice of auxiliary samples comes to: the source with everything filled in, and the samples. */
export type ChosenAuxiliary = { readonly source: Auxiliary; readonly sampleIds: readonly string[] };

/**
 * The auxiliary samples that serve as synthetic anomalies of a selection, in the order of their files' hashes.
 * @throws AssayError `data.too_few_rows` when there are none, `request.not_found` for a run or batch that is not there
 */
export async function chooseAuxiliary(transaction: Transaction, projectId: string, source: Auxiliary): Promise<ChosenAuxiliary> {
  await requireBatch(transaction, projectId, source.generationId);
  const where: Prisma.SampleWhereInput = {
    projectId,
    role: 'auxiliary',
    ...(source.generationId === null ? {} : { generationId: source.generationId }),
    ...(source.folder === null ? {} : { OR: [{ folder: source.folder }, { folder: { startsWith: `${source.folder}/` } }] }),
  };
  if (source.which === 'top-third') return topThird(transaction, projectId, source, where);
  const accepted: Prisma.SampleWhereInput = source.which === 'accepted' ? { state: { verdict: 'accepted' } } : {};
  const samples = await transaction.sample.findMany({ where: { ...where, ...accepted }, select: { id: true }, orderBy: { sha256: 'asc' } });
  if (samples.length === 0) throw none(source);
  return { source: { ...source, runId: null, evaluator: null }, sampleIds: samples.map(({ id }) => id) };
}

/** The third of the samples that the run values most, at least one; of equals those that come first by their files' hashes. */
async function topThird(transaction: Transaction, projectId: string, source: Auxiliary, where: Prisma.SampleWhereInput): Promise<ChosenAuxiliary> {
  const run = await runOf(transaction, projectId, source);
  const scores = await transaction.score.findMany({
    where: { runId: run.id, sample: where },
    select: { sampleId: true, sample: { select: { sha256: true } } },
    orderBy: [{ quality: 'desc' }, { sample: { sha256: 'asc' } }],
  });
  if (scores.length === 0) throw none(source);
  const kept = scores.slice(0, Math.max(1, Math.round(scores.length / 3)));
  kept.sort((a, b) => (a.sample.sha256 < b.sample.sha256 ? -1 : 1));
  return { source: { ...source, runId: run.id, evaluator: run.evaluator }, sampleIds: kept.map(({ sampleId }) => sampleId) };
}

async function runOf(transaction: Transaction, projectId: string, { runId, evaluator }: Auxiliary): Promise<{ id: string; evaluator: string }> {
  const wanted = evaluator ?? DEFAULT_EVALUATOR;
  const which = runId === null ? { evaluator: wanted } : { id: runId };
  const run = await transaction.run.findFirst({ where: { projectId, state: 'ready', ...which }, select: { id: true, evaluator: true }, orderBy: { createdAt: 'desc' } });
  if (run !== null) return run;
  throw new AssayError('request.not_found', runId === null ? `No run of ${wanted} in this project is ready.` : 'There is no such ready run in this project.', {
    hint: 'Score the auxiliary anomalies first: the third that the run values most is taken.',
  });
}

async function requireBatch(transaction: Transaction, projectId: string, generationId: string | null): Promise<void> {
  if (generationId === null) return;
  const found = await transaction.generation.count({ where: { id: generationId, projectId } });
  if (found === 0) throw new AssayError('request.not_found', 'There is no such batch of synthetic anomalies in this project.');
}

const hints = {
  all: 'Let a generator make synthetic anomalies, or upload some into a folder named "auxiliary".',
  accepted: 'Accept some in the review first, or take all auxiliary anomalies.',
  'top-third': 'Score these samples first: the run that was chosen holds none of them.',
} as const;

function none({ which, generationId, folder }: Auxiliary): AssayError {
  const within = [folder === null ? '' : ` in the folder ${folder}`, generationId === null ? '' : ' in the chosen batch'].join('');
  const what = { all: 'no auxiliary anomalies', accepted: 'no accepted auxiliary anomalies', 'top-third': 'no scored auxiliary anomalies' }[which];
  return new AssayError('data.too_few_rows', `There are ${what}${within}.`, { hint: hints[which] });
}
