import type { z } from 'zod';
import type {
  Sample as SampleDto,
  SampleFacets,
  SampleFilter,
  SampleRow,
  sampleListQuerySchema,
} from '@/lib/api/contracts/samples';
import { AssayError } from '@/lib/errors';
import { searchWords } from '@/lib/api/contracts/search-words';
import type { Prisma, PrismaClient } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { namesOf } from './names';
import { afterCursor, toPage, type Page } from './pages';
import { vectorFeatures } from './vector-features';

/** Columns of a slim row. */
const slim = {
  id: true,
  fileName: true,
  folder: true,
  role: true,
  split: true,
  defectType: true,
  excluded: true,
  qualityLabel: true,
  width: true,
  height: true,
  maskSha256: true,
  vectorTableId: true,
} as const satisfies Prisma.SampleSelect;

type Slim = Prisma.SampleGetPayload<{ select: typeof slim }>;

/** Samples that match a filter, oldest first, one keyset page. */
export async function listSamples(
  { store }: ServiceContext,
  { projectId, cursor, limit, ...filter }: { projectId: string } & z.output<typeof sampleListQuerySchema>,
): Promise<Page<SampleRow>> {
  const rows = await store.sample.findMany({
    where: { AND: [sampleWhere(projectId, filter), afterCursor(cursor, 'gt')] },
    select: slim,
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  return toPage(await toSampleRows(store, projectId, rows), limit);
}

/** Rows of the named samples in the order of `ids`; unknown and foreign ids are left out. */
export async function sampleRows({ store }: ServiceContext, { projectId, ids }: { projectId: string; ids: string[] }): Promise<{ samples: SampleRow[] }> {
  const found = await store.sample.findMany({ where: { projectId, id: { in: ids } }, select: slim });
  const byId = new Map((await toSampleRows(store, projectId, found)).map((row) => [row.id, row]));
  return { samples: ids.flatMap((id) => byId.get(id) ?? []) };
}

/** Samples whose files have these hashes; of others nothing is said. */
export async function samplesByHash({ store }: ServiceContext, { projectId, hashes }: { projectId: string; hashes: string[] }): Promise<{ samples: { sampleId: string; sha256: string }[] }> {
  const found = await store.sample.findMany({ where: { projectId, sha256: { in: hashes } }, select: { id: true, sha256: true } });
  return { samples: found.map(({ id, sha256 }) => ({ sampleId: id, sha256 })) };
}

/** Counts by role, defect type and folder. */
export async function sampleFacets({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<SampleFacets> {
  const where = { projectId };
  const [roles, defectTypes, folders, refusedFiles] = await Promise.all([
    store.sample.groupBy({ by: ['role'], where, _count: { _all: true } }),
    store.sample.groupBy({ by: ['defectType'], where: { projectId, defectType: { not: null } }, _count: { _all: true }, orderBy: { defectType: 'asc' } }),
    store.sample.groupBy({ by: ['folder', 'role'], where, _count: { _all: true }, orderBy: [{ folder: 'asc' }, { role: 'asc' }] }),
    store.uploadFile.count({ where: { upload: { projectId }, state: 'refused' } }),
  ]);
  const of = (role: string) => roles.find((group) => group.role === role)?._count._all ?? 0;
  return {
    total: roles.reduce((sum, group) => sum + group._count._all, 0),
    roles: { normal: of('normal'), anomaly: of('anomaly'), auxiliary: of('auxiliary') },
    defectTypes: defectTypes.flatMap(({ defectType, _count }) => (defectType === null ? [] : [{ value: defectType, count: _count._all }])),
    folders: folders.map(({ folder, role, _count }) => ({ value: folder, role, count: _count._all })),
    refusedFiles,
  };
}

/** One sample with everything that is known of it. @throws AssayError `request.not_found` */
export async function getSample({ store }: ServiceContext, { projectId, sampleId }: { projectId: string; sampleId: string }): Promise<SampleDto> {
  const sample = await store.sample.findFirst({ where: { id: sampleId, projectId }, include: { state: true, tags: { select: { tag: true }, orderBy: { tag: 'asc' } } } });
  if (sample === null) throw sampleNotFound();
  const { state } = sample;
  const [names, features] = await Promise.all([namesOf(store, [state?.userId ?? null]), vectorFeatures(store, projectId, [sample])]);
  return {
    ...toSampleRow(sample, features),
    sha256: sample.sha256,
    format: sample.format,
    bytes: sample.bytes,
    generator: sample.generator,
    prompt: sample.prompt,
    parameters: sample.parameters,
    severity: sample.severity,
    tags: sample.tags.map(({ tag }) => tag),
    createdAt: sample.createdAt.toISOString(),
    state: state && {
      verdict: state.verdict,
      reason: state.reason,
      version: state.version,
      userName: names.get(state.userId) ?? null,
      updatedAt: state.updatedAt.toISOString(),
    },
  };
}

/** Where-clause of a filter. Every word of `q` must lie in one of the texts of the sample, in any case. */
export function sampleWhere(projectId: string, { role, defectType, folder, q, tag, excluded }: SampleFilter): Prisma.SampleWhereInput {
  return {
    projectId,
    ...(role === undefined ? {} : { role }),
    ...(defectType === undefined ? {} : { defectType }),
    ...(folder === undefined ? {} : { folder }),
    ...(excluded === undefined ? {} : { excluded: true }),
    ...(tag === undefined ? {} : { tags: { some: { tag } } }),
    ...(q === undefined ? {} : { AND: searchWords(q).map(holdsWord) }),
  };
}

function holdsWord(word: string): Prisma.SampleWhereInput {
  const holds = { contains: word.replaceAll(/[\\%_]/g, String.raw`\$&`), mode: 'insensitive' as const };
  return { OR: [{ fileName: holds }, { folder: holds }, { defectType: holds }, { generator: holds }, { prompt: holds }, { tags: { some: { tag: holds } } }] };
}

/** The answer to a missing sample, and to one of another project. */
export function sampleNotFound(): AssayError {
  return new AssayError('request.not_found', 'There is no such sample in this project.');
}

async function toSampleRows(store: PrismaClient, projectId: string, rows: readonly Slim[]): Promise<SampleRow[]> {
  const features = await vectorFeatures(store, projectId, rows);
  return rows.map((row) => toSampleRow(row, features));
}

function toSampleRow({ maskSha256, ...sample }: Slim, features: Awaited<ReturnType<typeof vectorFeatures>>): SampleRow {
  const { id, fileName, folder, role, split, defectType, excluded, qualityLabel, width, height } = sample;
  return { id, fileName, folder, role, split, defectType, excluded, qualityLabel, width, height, hasMask: maskSha256 !== null, features: features.get(id) ?? null };
}
