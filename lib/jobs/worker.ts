import { EventEmitter } from 'node:events';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
import { z } from 'zod';
import { env, requireDatabaseUrl } from '@/lib/env';
import { logger } from '@/lib/logger';
import { ensureBuiltInModels } from '@/lib/pipeline/built-in-models';
import { ensureBuiltInPair } from '@/lib/pipeline/built-in-pair';
import { requestParityReferences } from '@/lib/pipeline/parity-reference';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { sweepModelCopies } from '@/lib/store/model-copies';
import { TASK } from './enqueue';
import { WorkerLiveness } from './liveness';
import { runJob } from './run-job';

const log = logger('worker');
const SWEEP_EVERY_MS = 5_000;
const payloadSchema = z.object({ jobId: z.uuid() });

/**
 * Takes jobs from the queue until `signal` aborts; then lets running ones stop at their next step, hands them
 * back and returns. Rejects when the database is lost.
 */
export async function startWorker({ signal }: { signal: AbortSignal }): Promise<void> {
  const databaseUrl = requireDatabaseUrl();
  await ensureBuiltInModels({ store: store(), blobs: blobStore() });
  await ensureBuiltInPair({ store: store(), blobs: blobStore() });
  const liveness = await WorkerLiveness.open(databaseUrl);
  const lost = new AbortController();
  liveness.onLost((error) => lost.abort(error));
  const stopping = AbortSignal.any([signal, lost.signal]);
  const events = new EventEmitter() as WorkerEvents;
  // Jobs are locked in the name of the pool, not of the worker in it that runs them.
  events.on('pool:create', ({ workerPool }) => void liveness.declareAlive(workerPool.id).catch((error) => lost.abort(error)));

  const runner = await run({
    connectionString: databaseUrl,
    concurrency: env().workerConcurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    events,
    logger: queueLogger(),
    taskList: { [TASK]: (payload) => runJob(store(), payloadSchema.parse(payload).jobId, stopping) },
  });
  const sweep = () => liveness.releaseDeadWorkers().catch((error) => lost.abort(error));
  await sweep();
  const sweeper = setInterval(() => void sweep(), SWEEP_EVERY_MS);
  await requestParityReferences({ store: store() });
  await sweepModelCopies(store());
  log.info({ concurrency: env().workerConcurrency }, 'worker ready');

  stopping.addEventListener('abort', () => void runner.stop().catch((error) => log.error({ error }, 'the queue did not stop')), { once: true });
  try {
    await runner.promise;
  } finally {
    clearInterval(sweeper);
    await liveness.close().catch((error) => log.debug({ error }, 'connection was closed already'));
  }
  if (lost.signal.aborted) throw lost.signal.reason;
}

function queueLogger(): Logger {
  const queue = log.child({ part: 'queue' });
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new Logger(() => (level, message, meta) => queue[levels[level as keyof typeof levels] ?? 'info'](meta ?? {}, message));
}
