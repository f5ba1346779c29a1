import { setEnvironment } from '@/lib/env';
import { startWorker } from '@/lib/jobs/worker';
import { openComputeThreads } from '@/lib/pipeline/compute/compute';
import { openExtractionThreads } from '@/lib/pipeline/extraction/threads';
import { openDatabase } from '@/lib/store/embedded/open';
import { report } from './report';
import { stopSignal } from './stop-signal';

/** The worker process: of `npm start`, or one more by `npm run worker`. Runs jobs until it is told to stop. */
async function work(): Promise<void> {
  setEnvironment({ NODE_ENV: process.env.NODE_ENV ?? 'production' });
  const signal = stopSignal();
  const database = await openDatabase('npm run worker');
  const closeComputeThreads = openComputeThreads(new URL('compute-thread.mjs', import.meta.url));
  openExtractionThreads(new URL('extraction-thread.mjs', import.meta.url));
  try {
    await startWorker({ signal });
  } finally {
    await closeComputeThreads();
    await database.close();
  }
}

work().then(
  () => process.exit(0),
  (error: unknown) => process.exit(report(error)),
);
