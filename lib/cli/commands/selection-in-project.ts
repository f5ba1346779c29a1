import pino from 'pino';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from '@/lib/pipeline/context';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { endUnfinished } from '@/lib/store/selections/outcome';
import { besides, requireWritable } from '../output-file';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';

/** Where `--out` leads, once it is known that the table and the JSON beside it can be written; null without the option. */
export async function checkedOut(given: string | undefined): Promise<string | null> {
  if (given === undefined) return null;
  const out = userPath(given);
  await requireWritable('--out', out);
  await requireWritable('the JSON beside --out', besides(out, '.json'));
  return out;
}

/** What a worker would hand to the job, with progress on stderr and Ctrl+C as the cancel signal. */
export function commandContext(): PipelineContext {
  return { store: store(), blobs: blobStore(), logger: pino({ level: 'silent' }), signal: stopSignal(), progress: stderrProgress() };
}

/** @throws AssayError `request.not_found` */
export async function projectNamed(name: string, { store: database }: PipelineContext): Promise<{ id: string; kind: 'image' | 'vector' }> {
  const project = await database.project.findUnique({ where: { name }, select: { id: true, kind: true } });
  if (project === null) throw new AssayError('request.not_found', `There is no project called ${name}.`);
  return project;
}

/**
 * Runs the job of a selection here; a selection that does not get to its end is marked so.
 * @throws AssayError `job.cancelled` at Ctrl+C, else as the job does
 */
export async function runSelection(selectionId: string, context: PipelineContext, job: (input: { selectionId: string }, context: PipelineContext) => Promise<unknown>): Promise<void> {
  try {
    await job({ selectionId }, context);
  } catch (error) {
    await endUnfinished(context.store, selectionId, context.signal.aborted ? 'cancelled' : 'failed');
    throw context.signal.aborted ? new AssayError('job.cancelled', 'The selection was stopped.', { hint: 'Anomalies and vectors that were made are kept; the same command takes them.', cause: error }) : error;
  }
}
