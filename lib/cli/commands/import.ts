import { Option, type Command } from 'commander';
import pino from 'pino';
import { sampleRoleSchema, type SampleRole } from '@/lib/api/contracts/common';
import { AssayError, errorCatalogue, type ErrorCode } from '@/lib/errors';
import { isTablePath } from '@/lib/ingest/tables/table-files';
import { importFolder, type FolderImportResult } from '@/lib/pipeline/import-folder';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';

const PAGE = 500;

type Options = { project: string; object?: string; role?: SampleRole };

/** `assay import`: brings a folder of images, or tables of feature vectors, into a project, as an upload in the browser does. */
export function register(program: Command): void {
  program
    .command('import <path>')
    .description('import a folder of images or of tables (.npz, .npy, CSV, Parquet), or one such file, into a project, which is made when there is none of that name')
    .requiredOption('--project <NAME>', 'name of the project')
    .option('--object <NAME>', 'what is inspected, for a project that is made (default: its name)')
    .addOption(new Option('--role <ROLE>', 'role of all samples; without it the names of the folders decide. A table that names the roles of its rows keeps them').choices(sampleRoleSchema.options))
    .action(importCommand);
}

async function importCommand(folder: string, { project, object, role }: Options): Promise<void> {
  await withDatabase('npm run assay -- import', async () => {
    const context = { store: store(), blobs: blobStore(), logger: pino({ level: 'silent' }), signal: stopSignal(), progress: stderrProgress() };
    const result = await importFolder({ folder: userPath(folder), projectName: project, objectName: object, role }, context).catch((error: unknown) => {
      throw context.signal.aborted ? stopped(error) : error;
    });
    await listTables(result.uploadId);
    const first = await listRefused(result.uploadId);
    process.stdout.write(`${summary(result)}\n`);
    if (result.stored === 0 && result.duplicates === 0) throw nothingStored(folder, first);
  });
}

function stopped(cause: unknown): AssayError {
  return new AssayError('job.cancelled', 'The import was stopped.', { hint: 'What was stored is kept; the same command goes on with the rest.', cause });
}

function summary({ stored, duplicates, refused, skippedLinks }: FolderImportResult): string {
  const links = skippedLinks === 0 ? '' : `, symbolic links not followed ${skippedLinks}`;
  return `stored ${stored}, duplicates ${duplicates}, refused ${refused}${links}`;
}

/** Writes what the tables of the upload say of their rows. */
async function listTables(uploadId: string): Promise<void> {
  const files = await store().uploadFile.findMany({ where: { uploadId, state: 'stored', sampleId: null }, orderBy: { path: 'asc' } });
  for (const { path, errorMessage } of files) if (isTablePath(path)) process.stdout.write(`${path}: ${errorMessage ?? ''}\n`);
}

/** Writes a line per refused file; answers the code of the first. */
async function listRefused(uploadId: string): Promise<string | undefined> {
  let first: string | undefined;
  for (let after: string | undefined; ; ) {
    const page = await store().uploadFile.findMany({
      where: { uploadId, state: 'refused', ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: PAGE,
    });
    for (const { path, errorCode, errorMessage } of page) process.stdout.write(`refused ${path}: ${errorMessage ?? ''} [${errorCode ?? ''}]\n`);
    first ??= page[0]?.errorCode ?? undefined;
    after = page.at(-1)?.id;
    if (page.length < PAGE) return first;
  }
}

function nothingStored(folder: string, code: string | undefined): AssayError {
  const known = code !== undefined && Object.hasOwn(errorCatalogue, code) ? (code as ErrorCode) : 'image.not_an_image';
  return new AssayError(known, `No file of ${folder} could be stored.`, { hint: 'The reasons stand above, file by file.' });
}
