import { Worker } from 'node:worker_threads';

/**
 * Hands tasks to threads that each run `program`, one task at a time per thread, in order; `onAnswer` is told every answer as it
 * comes. A program takes a task by message and answers with one message. Rejects when a thread fails; all threads are ended
 * before it settles.
 */
export async function runOnThreads<Task, Answer>(
  tasks: readonly Task[],
  options: { program: URL; threads: number; workerData: unknown; onAnswer: (task: Task, answer: Answer) => void },
): Promise<void> {
  const queue = tasks.values();
  const workers = Array.from({ length: Math.min(options.threads, tasks.length) }, () => new Worker(options.program, { workerData: options.workerData }));
  const lane = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      let current: Task;
      const next = () => {
        const { done, value } = queue.next();
        if (done === true) return resolve();
        current = value;
        worker.postMessage(value);
      };
      worker.on('message', (answer: Answer) => {
        try {
          options.onAnswer(current, answer);
          next();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`a thread ended with code ${code}`)));
      next();
    });
  try {
    await Promise.all(workers.map(lane));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
