import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eap27 } from '@/lib/anomaly/prompts/pools/eap-27';
import { fillPromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { createRandom } from '@/lib/anomaly/random/generator';
import { selectRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { zeroShotScores } from '@/lib/anomaly/selection/zero-shot';
import { openTextTower } from '@/lib/inference/node/text-tower';
import { demonstrationPairFolder } from '@/lib/inference/registry';
import { readTextConfig } from '@/lib/inference/text/text-config';
import { pairFromDisk } from '@/lib/pipeline/models/pair-files';
import { folderOptions } from './folder-options';
import { cells, median, printHead, printMachine, timed } from './table';

const IMAGES = 1_000;
const ROUNDS = 5;

/**
 * What stands between image embeddings and zero-shot scores: opening the text tower, the 54 texts of the 27 prompt pairs, and the
 * scores of 1,000 images (made-up embeddings; they cost what real ones cost). The medians of five rounds.
 */
export async function benchPromptScores(args: readonly string[]): Promise<void> {
  const { models, builtIn } = folderOptions(args);
  printMachine();
  printHead(['image-text pair', 'values', 'tower and tokenizer opened', '54 texts', `27 x ${IMAGES.toLocaleString('en')} scores`, 'together']);
  for (const folder of [path.join(builtIn, demonstrationPairFolder), path.join(models, 'vit-tiny-clip-shaped')]) {
    if (existsSync(path.join(folder, 'onnx', 'text_model.onnx'))) await measure(folder);
    else process.stderr.write(`SKIPPED: there is no image-text pair in ${folder}\n`);
  }
}

async function measure(folder: string): Promise<void> {
  const rounds: (readonly number[])[] = [];
  let dim = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { open, texts, scores, cols } = await oneRound(folder, round);
    rounds.push([open, texts, scores, open + texts + scores]);
    dim = cols;
  }
  const middle = [0, 1, 2, 3].map((column) => median(rounds.map((round) => round[column]!)));
  console.log(cells([path.basename(folder), String(dim), ...middle.map((seconds) => `${seconds.toFixed(2)} s`)]));
}

async function oneRound(folder: string, seed: number): Promise<{ open: number; texts: number; scores: number; cols: number }> {
  const work = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  try {
    const { text } = await pairFromDisk(folder, work);
    const config = readTextConfig(text.told, text.summary, { logitScale: null, logitBias: null });
    const opened = await timed(() => openTextTower({ model: text.onnx, tokenizer: text.told.tokenizer, config }));
    const pairs = eap27.pairs.map((pair) => fillPromptPair(pair, 'metal plate'));
    const embedded = await timed(() => opened.value.embed([...pairs.map(({ normal }) => normal), ...pairs.map(({ anomalous }) => anomalous)]));
    await opened.value.close();
    const rows = pairs.map((_, i) => i);
    const prompts = { normal: selectRows(embedded.value, rows), anomalous: selectRows(embedded.value, rows.map((row) => row + pairs.length)) };
    const images = madeUp(embedded.value.cols, seed);
    const scored = await timed(() => zeroShotScores(images, prompts, { kind: 'softmax', logitScale: config.logitScale }));
    return { open: opened.seconds, texts: embedded.seconds, scores: scored.seconds, cols: embedded.value.cols };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function madeUp(cols: number, seed: number): Matrix {
  const random = createRandom(seed);
  return { data: Float64Array.from({ length: IMAGES * cols }, () => random.uniform() - 0.5), rows: IMAGES, cols };
}
