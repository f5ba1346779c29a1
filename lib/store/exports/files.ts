import type { ListedFile } from '@/lib/api/contracts/export-manifest';
import { placeSamples } from '@/lib/export/layout';
import { isVector } from '@/lib/export/manifest';
import { placeVectors, rowOfPath } from '@/lib/export/vector-places';
import { AssayError } from '@/lib/errors';
import type { Decision, Export, PrismaClient, Sample, Score } from '@/lib/store/generated/client';

const PAGE = 1000;

type Reading = { readonly store: PrismaClient; readonly signal: AbortSignal };

/**
 * The frozen samples of an export as its manifest describes them, in order of path: with the scores of its run and the
 * decisions up to its cut-off. Sizes of masks are for whoever holds the masks to add.
 * @throws AssayError `request.conflict` when samples were deleted since
 */
export async function exportFiles(frozen: Export, objectName: string, context: Reading): Promise<ListedFile[]> {
  const places = await exportPlaces(frozen, objectName, context);
  const files: ListedFile[] = [];
  for await (const page of exportPages(frozen, places, [...places.keys()], context)) files.push(...page);
  return files.sort(inOrder);
}

/** Where the samples of an export lie in its folder, by their ids. */
export type ExportPlaces = ReturnType<typeof placeSamples>;

/**
 * Finds the place of each frozen sample; nothing else of them is held.
 * @throws AssayError `request.conflict` when samples were deleted since
 */
export async function exportPlaces({ id, count }: Export, objectName: string, { store }: Reading): Promise<ExportPlaces> {
  const samples = await store.$queryRaw<SlimSample[]>`
    SELECT s."id", s."sha256", s."fileName", s."folder", s."role"::text AS "role", s."split"::text AS "split", s."defectType", s."format", s."vectorRow"
    FROM "ExportSample" e JOIN "Sample" s ON s."id" = e."sampleId" WHERE e."exportId" = ${id}::uuid ORDER BY s."id"`;
  if (samples.length !== count) {
    throw new AssayError('request.conflict', `${count - samples.length} of the ${count} samples of this export were deleted after it was started.`, { hint: 'Start the export again.' });
  }
  const vectors = samples.filter(isVector);
  return vectors.length === 0 ? placeSamples(objectName, samples) : placeVectors(vectors);
}

type SlimSample = Pick<Sample, 'id' | 'sha256' | 'fileName' | 'folder' | 'role' | 'split' | 'defectType' | 'format' | 'vectorRow'>;

/** The samples of an export page by page, in the order of `ids`: as the manifest describes them. */
export async function* exportPages(frozen: Export, places: ExportPlaces, ids: readonly string[], { store, signal }: Reading): AsyncGenerator<ListedFile[]> {
  for (let from = 0; from < ids.length; from += PAGE) {
    signal.throwIfAborted();
    const page = ids.slice(from, from + PAGE);
    const samples = new Map((await store.sample.findMany({ where: { id: { in: page } } })).map((sample) => [sample.id, sample]));
    const related = await relatedTo(page, frozen, store);
    yield page.map((id) => {
      const [sample, place] = [samples.get(id), places.get(id)];
      if (sample === undefined || place === undefined) throw new AssayError('request.conflict', 'A sample of this export was deleted while it was written.', { hint: 'Start the export again.' });
      return describe(sample, place, related);
    });
  }
}

/** Images by path; rows of `vectors.csv` by number. */
function inOrder(a: ListedFile, b: ListedFile): number {
  if (isVector(a) && isVector(b)) return rowOfPath(a.path) - rowOfPath(b.path);
  return a.path < b.path ? -1 : 1;
}

type Related = { scores: ReadonlyMap<string, Score>; decisions: ReadonlyMap<string, Decision>; names: ReadonlyMap<string, string>; tags: ReadonlyMap<string, string[]> };

async function relatedTo(ids: string[], { runId, cutOffAt }: Export, store: PrismaClient): Promise<Related> {
  const scores = runId === null ? [] : await store.score.findMany({ where: { runId, sampleId: { in: ids } } });
  const decisions = await store.decision.findMany({
    where: { sampleId: { in: ids }, createdAt: { lte: cutOffAt } },
    orderBy: [{ sampleId: 'asc' }, { version: 'desc' }],
    distinct: ['sampleId'],
  });
  const tagged = await store.sampleTag.findMany({ where: { sampleId: { in: ids }, createdAt: { lte: cutOffAt } }, select: { sampleId: true, tag: true }, orderBy: [{ sampleId: 'asc' }, { tag: 'asc' }] });
  const tags = new Map<string, string[]>();
  for (const { sampleId, tag } of tagged) tags.set(sampleId, [...(tags.get(sampleId) ?? []), tag]);
  const people = await store.user.findMany({ where: { id: { in: [...new Set(decisions.map(({ userId }) => userId))] } }, select: { id: true, name: true } });
  return {
    scores: new Map(scores.map((score) => [score.sampleId, score])),
    tags,
    decisions: new Map(decisions.map((decision) => [decision.sampleId, decision])),
    names: new Map(people.map(({ id, name }) => [id, name])),
  };
}

function describe(sample: Sample, place: { image: string; mask: string }, related: Related): ListedFile {
  const tags = related.tags.get(sample.id);
  return {
    path: place.image,
    sha256: sample.sha256,
    bytes: sample.bytes,
    mask: sample.maskSha256 === null ? null : { path: place.mask, sha256: sample.maskSha256 },
    sampleId: sample.id,
    role: sample.role,
    split: sample.split,
    defectType: sample.defectType,
    qualityLabel: sample.qualityLabel,
    generator: sample.generator,
    prompt: sample.prompt,
    parameters: sample.parameters,
    severity: sample.severity,
    ...(tags === undefined ? {} : { tags }),
    width: sample.width,
    height: sample.height,
    format: sample.format,
    original: { folder: sample.folder, fileName: sample.fileName },
    score: scoreOf(related.scores.get(sample.id)),
    decision: decisionOf(related.decisions.get(sample.id), related.names),
  };
}

function scoreOf(score: Score | undefined): ListedFile['score'] {
  if (score === undefined) return null;
  const { quality, probability, density, rarity, zone, spread, coveringSpheres, gap } = score;
  return { quality, probability, density, rarity, zone, spread, coveringSpheres, gap };
}

function decisionOf(decision: Decision | undefined, names: ReadonlyMap<string, string>): ListedFile['decision'] {
  if (decision === undefined) return null;
  const { verdict, reason, note, version, userId, createdAt, runId } = decision;
  return { verdict, reason, note, version, userId, userName: names.get(userId) ?? null, decidedAt: createdAt.toISOString(), runId };
}
