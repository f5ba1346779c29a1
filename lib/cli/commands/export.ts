import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import pino from 'pino';
import { sampleRoleSchema, verdictSchema, type SampleRole, type Verdict } from '@/lib/api/contracts/common';
import { exportFormatSchema, type ExportFormat } from '@/lib/api/contracts/exports';
import { AssayError } from '@/lib/errors';
import { writeExport } from '@/lib/pipeline/export';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freezeExport } from '@/lib/store/exports/freeze';
import { requireExportable, writesInBrowsers, writtenInBrowsers } from '@/lib/store/exports/written-in-browsers';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';

type Options = { project: string; role: SampleRole | 'any'; verdict: Verdict | 'undecided' | 'any'; format: ExportFormat; out: string };

/** `assay export`: writes the accepted (or otherwise chosen) samples of a project as a file. */
export function register(program: Command): void {
  program
    .command('export')
    .description('write samples of a project as a file: a zip in the MVTec/anomalib layout, a table, COCO, FiftyOne, a list or a report')
    .requiredOption('--project <NAME>', 'name of the project')
    .addOption(new Option('--verdict <VERDICT>', 'decision of the samples').choices([...verdictSchema.options, 'undecided', 'any']).default('accepted'))
    .addOption(new Option('--role <ROLE>', 'role of the samples').choices([...sampleRoleSchema.options, 'any']).default('auxiliary'))
    .addOption(new Option('--format <FORMAT>', 'what the file is').choices(exportFormatSchema.options).default('folder'))
    .requiredOption('--out <FILE>', 'the file to write; an existing file is replaced')
    .action(exportCommand);
}

async function exportCommand({ project, role, verdict, format, out }: Options): Promise<void> {
  await withDatabase('npm run assay -- export', async () => {
    const context = { store: store(), blobs: blobStore(), logger: pino({ level: 'silent' }), signal: stopSignal(), progress: stderrProgress() };
    const found = await context.store.project.findUnique({ where: { name: project }, select: { id: true, isPrivate: true, kind: true } });
    if (found === null) throw new AssayError('request.not_found', `There is no project called ${project}.`);
    if (writesInBrowsers(found, format)) throw writtenInBrowsers();
    requireExportable(found, format);
    const filter = {
      ...(role === 'any' ? {} : { roles: [role] }),
      ...(verdict === 'any' ? {} : { verdicts: [verdict === 'undecided' ? null : verdict] }),
    };
    const run = await context.store.run.findFirst({ where: { projectId: found.id, state: 'ready' }, orderBy: { createdAt: 'desc' }, select: { id: true } });
    // The scores of the newest run are written along, but the rule is not tied to it: samples that came later count too.
    const by = { createdById: null, scoresOf: run?.id ?? null, format };
    const frozen = await context.store.$transaction((transaction) => freezeExport(transaction, found.id, { runId: null, filter }, by), { timeout: 60_000 });
    const { sha256, count, bytes } = await writeExport({ exportId: frozen.id }, context);
    await save(sha256, userPath(out));
    process.stdout.write(`wrote ${count} samples (${bytes} bytes) to ${out}\nsha256 ${sha256}\n`);
  });
}

/** The file appears under its name only when it is complete. */
async function save(sha256: string, file: string): Promise<void> {
  const draft = `${file}.part`;
  try {
    await pipeline(await blobStore().stream(sha256), createWriteStream(draft));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new AssayError('storage.full', `There is no space left for ${file}.`, { cause: error });
    if (code === undefined) throw error;
    throw new AssayError('request.invalid', `${file} cannot be written (${code}).`, { cause: error });
  }
}
