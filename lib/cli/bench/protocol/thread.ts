import { parentPort, workerData } from 'node:worker_threads';
import { NumericsError } from '@/lib/anomaly/errors';
import type { LabelledSet } from '@/lib/anomaly/protocol/labelled-set';
import { createGemmProduct } from '@/lib/inference/dense/gemm-product';
import { runCell, type SetSource } from './cell';
import { readSet } from './sets';
import type { ThreadAnswer, ThreadStart, ThreadTask } from './thread-messages';

/** Program of one thread of `bench -- protocol`: computes the cells that it is sent, with one processor core. */

const { settings, made, sets } = workerData as ThreadStart;
const facts = new Map(sets.map((set) => [set.name, set]));
const loaded = new Map<string, LabelledSet>();

const source: SetSource = {
  names: [...facts.keys()],
  kind: (name) => facts.get(name)!.kind,
  async load(name) {
    const present = loaded.get(name);
    if (present !== undefined) return present;
    const set = await readSet(facts.get(name)!);
    if (set === undefined) throw new Error(`${name} has lost its arrays X and y since the start`);
    loaded.set(name, set);
    return set;
  },
};

const { product, singleProduct } = await createGemmProduct({ threads: 1 });

async function answer(task: ThreadTask): Promise<ThreadAnswer> {
  const started = performance.now();
  try {
    const rows = await runCell(task, settings, made, source, { product, singleProduct });
    return { rows, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    if (error instanceof NumericsError) return { refusal: error.message };
    throw error;
  }
}

const port = parentPort!;
port.on('message', (task: ThreadTask) => {
  // a defect ends the thread and with it the run
  void answer(task).then((reply) => port.postMessage(reply), (error: unknown) => setImmediate(() => { throw error; }));
});
