import type { FileMetadata, FolderRole } from '@/lib/api/contracts/uploads';
import { proposeFolderRole } from '@/lib/ingest/layout';
import { metadataKeys, type MetadataTable } from '@/lib/ingest/metadata';
import { splitPath } from '@/lib/ingest/safe-path';
import { isTablePath, roleFolderOf } from '@/lib/ingest/tables/table-files';
import { sampleFields, type SampleFields } from '@/lib/ingest/sample-fields';
import type { Transaction } from '@/lib/store/client';
import { Prisma } from '@/lib/store/generated/client';

const PAGE = 500;
/** More bad lines than these are counted, not listed. */
const LISTED_PROBLEMS = 200;

/** Columns of a sample that its upload decides. */
export type SampleColumns = Omit<SampleFields, 'parameters'> & { parameters: Prisma.InputJsonObject | typeof Prisma.DbNull };

/**
 * What the upload says of some of its files now: the roles of their folders (as edited, else as proposed) and their
 * metadata. Locks the upload against edits until the transaction ends, so that no sample is made with roles that were
 * changed in the meantime.
 */
export async function columnsOfFiles(transaction: Transaction, uploadId: string, paths: readonly string[]): Promise<Map<string, SampleColumns>> {
  const [upload] = await transaction.$queryRaw<{ folderRoles: Record<string, FolderRole> }[]>`
    SELECT "folderRoles" FROM "Upload" WHERE "id" = ${uploadId}::uuid FOR SHARE`;
  const keys = [...new Set(paths.flatMap(metadataKeys))];
  const found = await transaction.$queryRaw<{ key: string; value: FileMetadata }[]>`
    SELECT k AS "key", u."metadata" -> k AS "value" FROM "Upload" u, unnest(${keys}::text[]) AS k
    WHERE u."id" = ${uploadId}::uuid AND u."metadata" ? k`;
  const metadata = new Map(found.map(({ key, value }) => [key, value]));
  return new Map(paths.map((path) => [path, columnsOf(path, upload?.folderRoles ?? {}, metadata)]));
}

/** Writes what the upload says now to the samples that were already made from it in the given folders. */
export async function rewriteFolders(transaction: Transaction, uploadId: string, folders: ReadonlySet<string>): Promise<void> {
  await rewrite(transaction, uploadId, (path) => folders.has(placeOf(path).key));
}

/**
 * Adds a metadata file to an upload: its lines are kept for files to come, and samples that are there are rewritten. Bad
 * lines are listed among the refused files, by line number.
 */
export async function applyMetadata(transaction: Transaction, uploadId: string, name: string, { rows, problems }: MetadataTable): Promise<void> {
  const added = Object.fromEntries(rows);
  await transaction.$executeRaw`
    UPDATE "Upload" SET "metadata" = "metadata" || ${JSON.stringify(added)}::jsonb WHERE "id" = ${uploadId}::uuid`;
  await transaction.uploadFile.deleteMany({ where: { uploadId, path: { startsWith: `${name}, line ` }, errorCode: 'metadata.invalid' } });
  await transaction.uploadFile.createMany({
    data: problems.slice(0, LISTED_PROBLEMS).map(({ line, message }) => ({
      uploadId,
      path: `${name}, line ${line}`,
      bytes: 0,
      state: 'refused' as const,
      errorCode: 'metadata.invalid',
      errorMessage: `Line ${line} ${message}.`,
    })),
    skipDuplicates: true,
  });
  await rewrite(transaction, uploadId, (path) => metadataKeys(path).some((key) => rows.has(key)));
}

async function rewrite(transaction: Transaction, uploadId: string, wanted: (path: string) => boolean): Promise<void> {
  for (let after: string | undefined; ; ) {
    const page = await transaction.uploadFile.findMany({
      where: { uploadId, state: 'stored', ...(after === undefined ? {} : { id: { gt: after } }) },
      select: { id: true, path: true, sampleId: true },
      orderBy: { id: 'asc' },
      take: PAGE,
    });
    const files = page.filter(({ path }) => wanted(path));
    const columns = await columnsOfFiles(transaction, uploadId, files.map(({ path }) => path));
    await writeColumns(transaction, files, columns);
    await writeTables(transaction, uploadId, files, columns);
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

/** Rows of tables follow their upload; what the file itself tells of them (roles, generator) stays. */
async function writeTables(transaction: Transaction, uploadId: string, files: readonly { path: string }[], columns: ReadonlyMap<string, SampleColumns>): Promise<void> {
  for (const { path } of files) {
    const data = columns.get(path);
    if (data === undefined || !isTablePath(path)) continue;
    const { generator, prompt, parameters, severity } = data;
    const rows = { uploadId, folder: path, vectorTableId: { not: null } };
    await transaction.sample.updateMany({ where: { ...rows, vectorTable: { labelled: false } }, data });
    await transaction.sample.updateMany({ where: { ...rows, vectorTable: { labelled: true } }, data: { prompt, parameters, severity } });
    await transaction.sample.updateMany({ where: { ...rows, vectorTable: { labelled: true }, generator: null }, data: { generator } });
  }
}

/** One statement for all samples that get the same columns. */
async function writeColumns(transaction: Transaction, files: readonly { path: string; sampleId: string | null }[], columns: ReadonlyMap<string, SampleColumns>): Promise<void> {
  const groups = new Map<string, { data: SampleColumns; ids: string[] }>();
  for (const { path, sampleId } of files) {
    const data = columns.get(path);
    if (data === undefined || sampleId === null) continue;
    const key = JSON.stringify([data, data.parameters === Prisma.DbNull]);
    const group = groups.get(key) ?? { data, ids: [] };
    group.ids.push(sampleId);
    groups.set(key, group);
  }
  for (const { data, ids } of groups.values()) await transaction.sample.updateMany({ where: { id: { in: ids } }, data });
}

/** Where the role of a file is kept, and the name that it is proposed from: its folder, of a table the file itself. */
export function placeOf(path: string): { key: string; name: string } {
  if (isTablePath(path)) return { key: path, name: roleFolderOf(path) };
  const { folder } = splitPath(path);
  return { key: folder, name: folder };
}

function columnsOf(path: string, folderRoles: Readonly<Record<string, FolderRole>>, metadata: ReadonlyMap<string, FileMetadata>): SampleColumns {
  const place = placeOf(path);
  const key = metadataKeys(path).find((candidate) => metadata.has(candidate));
  const { parameters, ...fields } = sampleFields(folderRoles[place.key] ?? proposeFolderRole(place.name), key === undefined ? null : (metadata.get(key) ?? null));
  return { ...fields, parameters: parameters === null ? Prisma.DbNull : (parameters as Prisma.InputJsonObject) };
}
