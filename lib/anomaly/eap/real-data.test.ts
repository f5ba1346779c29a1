import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNpz } from '@/lib/ingest/npz';
import { knnAuroc } from '../metrics/knn-auroc';
import { rocAuc } from '../metrics/roc-auc';
import { createMatrix, selectRows, type Matrix } from '../linalg/matrix';
import { createRandom, type RandomGenerator } from '../random/generator';
import { shuffle } from '../random/sampling';
import { coveringSpheres, rarityOf } from './rarity';
import { eap } from './eap';

const folder = path.resolve(import.meta.dirname, '../../../../shared/data');
const present = existsSync(folder);
const title = (name: string) => (present ? name : `SKIPPED, ${folder} is absent: ${name}`);

type Labelled = { points: Matrix; anomalies: Int32Array; normals: Int32Array };

async function load(file: string, random: RandomGenerator): Promise<Labelled> {
  const arrays = await readNpz(readFileSync(path.join(folder, file)));
  const x = arrays.get('X')!;
  const y = arrays.get('y')!.data;
  const rows = Int32Array.from({ length: y.length }, (_, i) => i);
  return {
    points: createMatrix(x.data, x.shape[0]!, x.shape[1]!),
    anomalies: shuffle(rows.filter((i) => y[i] === 1), random),
    normals: shuffle(rows.filter((i) => y[i] === 0), random),
  };
}

/** Subtracts the means and divides by the standard deviations of `reference`'s columns. */
function standardise(points: Matrix, reference: Matrix): Matrix {
  const { rows, cols } = points;
  const data = Float64Array.from(points.data);
  for (let c = 0; c < cols; c += 1) {
    const column = Float64Array.from({ length: reference.rows }, (_, i) => reference.data[i * cols + c]!);
    const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
    const deviation = Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (column.length - 1));
    for (let i = 0; i < rows; i += 1) data[i * cols + c] = (data[i * cols + c]! - mean) / (deviation < 0.001 ? 1 : deviation);
  }
  return createMatrix(data, rows, cols);
}

/** Rows of another width brought to `cols` columns by a random projection with entries N(0, 1 / cols). */
function project(points: Matrix, cols: number, random: RandomGenerator): Matrix {
  const map = Float64Array.from({ length: points.cols * cols }, () => random.normal() / Math.sqrt(cols));
  const data = new Float64Array(points.rows * cols);
  for (let i = 0; i < points.rows; i += 1) {
    for (let s = 0; s < points.cols; s += 1) {
      for (let c = 0; c < cols; c += 1) data[i * cols + c]! += points.data[i * points.cols + s]! * map[s * cols + c]!;
    }
  }
  return { data, rows: points.rows, cols };
}

function stack(...parts: Matrix[]): Matrix {
  const rows = parts.flatMap((part) => Array.from({ length: part.rows }, (_, i) => part.data.subarray(i * part.cols, (i + 1) * part.cols)));
  const cols = parts[0]!.cols;
  const data = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => data.set(row, i * cols));
  return createMatrix(data, rows.length, cols);
}

/** The paper's protocol: 10 % of the anomalies known, 40 % realistic auxiliaries, as many normals and as many foreign rows. */
async function aucs(file: string, foreign: string, scaled: boolean, seed: number): Promise<{ eap: number; rarity: number }> {
  const random = createRandom(seed);
  const set = await load(file, random);
  const other = await load(foreign, random);
  const known = Math.round(0.1 * set.anomalies.length);
  const third = Math.min(Math.round(0.4 * set.anomalies.length), Math.floor(set.normals.length / 3));
  const trainRows = [...set.normals.subarray(third, third + 1000), ...set.anomalies.subarray(0, known)];
  const trainRaw = selectRows(set.points, trainRows);
  const foreignRows = project(selectRows(other.points, other.normals.subarray(0, third)), set.points.cols, random);
  const raw = stack(selectRows(set.points, set.anomalies.subarray(known, known + third)), selectRows(set.points, set.normals.subarray(0, third)), foreignRows);
  const train = scaled ? standardise(trainRaw, trainRaw) : trainRaw;
  const auxiliary = scaled ? standardise(raw, trainRaw) : raw;
  const labels = Uint8Array.from(trainRows, (_, i) => (i < trainRows.length - known ? 0 : 1));
  const truth = Uint8Array.from({ length: auxiliary.rows }, (_, i) => (i < third ? 1 : 0));
  const { quality } = await eap({ train, labels, auxiliary }, { seed });
  const spheres = await coveringSpheres(train, Int32Array.from(labels, (_, i) => i), 10, 'closed');
  return { eap: rocAuc(truth, quality), rarity: rocAuc(truth, await rarityOf(auxiliary, train, spheres)) };
}

async function meanAucs(file: string, foreign: string, scaled: boolean) {
  const runs = [];
  for (const seed of [1, 2, 3]) runs.push(await aucs(file, foreign, scaled, seed));
  return { eap: runs.reduce((sum, r) => sum + r.eap, 0) / 3, rarity: runs.reduce((sum, r) => sum + r.rarity, 0) / 3 };
}

describe.skipIf(!present)('EAP on real data', () => {
  it(title('ranks realistic anomalies of breastw first (reference runs: 0.93 to 0.96)'), async () => {
    const { eap: auc } = await meanAucs('tabular/4_breastw.npz', 'tabular/6_cardio.npz', true);
    expect(auc).toBeGreaterThan(0.9);
  });

  it(title('ranks realistic anomalies of cardio above RARITY (reference runs: 0.89 to 0.95)'), async () => {
    const result = await meanAucs('tabular/6_cardio.npz', 'tabular/40_vowels.npz', true);
    expect(result.eap).toBeGreaterThan(0.9);
    expect(result.eap).toBeGreaterThan(result.rarity);
  });

  it(title('ranks realistic anomalies of the MVTec bottle features first'), async () => {
    const result = await meanAucs('features_mvtec_vit/MVTec-AD_bottle.npz', 'features_mvtec_vit/MVTec-AD_carpet.npz', false);
    expect(result.eap).toBeGreaterThan(0.88);
  }, 60_000);

  it(title('the MVTec bottle features tell real anomalies from held-out normals (listed: 0.995)'), async () => {
    const { points, anomalies, normals } = await load('features_mvtec_vit/MVTec-AD_bottle.npz', createRandom(1));
    const half = normals.length >> 1;
    const result = await knnAuroc(
      {
        referenceNormals: selectRows(points, normals.subarray(0, half)),
        heldOutNormals: selectRows(points, normals.subarray(half)),
        anomalies: selectRows(points, anomalies),
      },
      { seed: 1 },
    );
    expect(result.auc).toBeGreaterThan(0.97);
  });
});
