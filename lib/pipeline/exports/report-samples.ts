import type { ReportSample } from '@/lib/report/model';
import { Prisma, type PrismaClient, type Sample, type Score } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';
import type { FrozenExport } from './frozen-export';

/** Pictures in a strip. */
const STRIP = 12;

type Strip = { readonly title: string; readonly about: string; readonly samples: readonly ReportSample[] };
type Scored = { readonly id: string; readonly quality: number };

/**
 * What a reader wants to see with own eyes: the best and the last of the selection, and the rejected samples that the run
 * ranked highest. Without a run, the first of the selection.
 */
export async function reportStrips(frozen: FrozenExport, context: PipelineContext): Promise<Strip[]> {
  const { store } = context;
  const { runId, id, count } = frozen;
  if (runId === null) {
    const first = await store.exportSample.findMany({ where: { exportId: id }, orderBy: { sampleId: 'asc' }, take: STRIP });
    return [{ title: 'The first of the selection', about: `${first.length} of ${count} samples.`, samples: await described(first.map(({ sampleId }) => sampleId), frozen, context) }];
  }
  const best = await selected(id, runId, 'best', store);
  const shown = new Set(best.map((sample) => sample.id));
  const last = (await selected(id, runId, 'last', store)).filter((sample) => !shown.has(sample.id));
  const rejected = await rejectedBest(frozen, runId, store);
  const strip = async (title: string, about: string, list: readonly Scored[]) => ({ title, about, samples: await described(list.map((sample) => sample.id), frozen, context) });
  return [
    await strip('The best of the selection', 'Highest quality first.', best),
    await strip('The borderline of the selection', 'Its samples of the lowest quality, the lowest first.', last),
    await strip('Rejected in spite of their rank', 'The rejected samples of the project that the run ranks highest.', rejected),
  ];
}

function selected(exportId: string, runId: string, end: 'best' | 'last', store: PrismaClient): Promise<Scored[]> {
  const order = Prisma.raw(end === 'best' ? 'DESC' : 'ASC');
  return store.$queryRaw<Scored[]>`
    SELECT c."sampleId" AS "id", c."quality" FROM "Score" c JOIN "ExportSample" e ON e."sampleId" = c."sampleId" AND e."exportId" = ${exportId}::uuid
    WHERE c."runId" = ${runId}::uuid ORDER BY c."quality" ${order}, c."sampleId" LIMIT ${STRIP}`;
}

function rejectedBest({ projectId, cutOffAt }: FrozenExport, runId: string, store: PrismaClient): Promise<Scored[]> {
  return store.$queryRaw<Scored[]>`
    SELECT c."sampleId" AS "id", c."quality" FROM "Score" c JOIN (
      SELECT DISTINCT ON ("sampleId") "sampleId", "verdict" FROM "Decision" WHERE "projectId" = ${projectId}::uuid AND "createdAt" <= ${cutOffAt} ORDER BY "sampleId", "version" DESC
    ) d ON d."sampleId" = c."sampleId" AND d."verdict" = 'rejected'
    WHERE c."runId" = ${runId}::uuid ORDER BY c."quality" DESC, c."sampleId" LIMIT ${STRIP}`;
}

async function described(ids: string[], { runId, cutOffAt }: FrozenExport, context: PipelineContext): Promise<ReportSample[]> {
  const { store } = context;
  const samples = new Map((await store.sample.findMany({ where: { id: { in: ids } } })).map((sample) => [sample.id, sample]));
  const scores = new Map((runId === null ? [] : await store.score.findMany({ where: { runId, sampleId: { in: ids } } })).map((score) => [score.sampleId, score]));
  const decisions = await store.decision.findMany({ where: { sampleId: { in: ids }, createdAt: { lte: cutOffAt } }, orderBy: [{ sampleId: 'asc' }, { version: 'desc' }], distinct: ['sampleId'] });
  const latest = new Map(decisions.map((decision) => [decision.sampleId, decision]));
  const list: ReportSample[] = [];
  for (const id of ids) {
    const sample = samples.get(id);
    if (sample === undefined) continue;
    const decision = latest.get(id);
    list.push({ ...asShown(sample, scores.get(id)), verdict: decision?.verdict ?? null, reason: decision?.reason ?? null, picture: await pictureOf(sample, context) });
  }
  return list;
}

function asShown({ fileName, role, defectType }: Sample, score: Score | undefined): Omit<ReportSample, 'verdict' | 'reason' | 'picture'> {
  return { fileName, role, defectType, quality: score?.quality ?? null, zone: score?.zone ?? null };
}

/** The thumbnail as a data: address. */
async function pictureOf({ thumbnailSha256 }: Sample, { blobs }: PipelineContext): Promise<string | null> {
  if (thumbnailSha256 === null || (await blobs.size(thumbnailSha256)) === null) return null;
  return `data:image/webp;base64,${Buffer.from(await blobs.read(thumbnailSha256)).toString('base64')}`;
}
