import { createHash } from 'node:crypto';
import { contrast, type Contrast } from '@/lib/anomaly/contrast/contrast';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { columnScale, standardise, type ColumnScale } from '@/lib/anomaly/protocol/standardise';
import { AssayError } from '@/lib/errors';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { encodeDifferences } from '@/lib/store/vectors/differences';
import type { PipelineContext } from './context';
import { numericsContext } from './progress';
import { readGivenVectors, type GivenVectors } from './vector-rows';
import { encodeVectors } from './vectors';

/** Nearest training normals that a vector is compared with, and features that are named. */
const NEIGHBOURS = 3;
const FEATURES_NAMED = 5;
/** Training normals that are looked at; more of them are thinned out evenly. */
const MAX_REFERENCES = 20_000;
const CHUNK_ROWS = 4_096;
const RECIPE = { extractor: 'values as given', scaling: 'mean and standard deviation (n - 1; 1 where below 0.001) of the training rows', dtype: 'float32' };

/** What decides the numbers of a feature set of given values, and its hash. */
export type VectorFingerprint = { readonly parts: Record<string, string | number>; readonly hash: string };

/** A feature set of given values, computed and with its blobs stored, but not entered yet. */
export type VectorSet = {
  readonly fingerprint: VectorFingerprint;
  readonly dim: number;
  readonly count: number;
  readonly scalingSha256: string;
  readonly chunks: readonly { readonly index: number; readonly sampleIds: string[]; readonly sha256: string }[];
  readonly differences: readonly { readonly sampleId: string; readonly features: Uint8Array<ArrayBuffer> }[];
};

/** True for the rows that features are standardised by: normals and known anomalies that are neither excluded nor marked as test. */
function isTraining({ role, split, excluded }: { role: string; split: string | null; excluded: boolean }): boolean {
  return role !== 'auxiliary' && split !== 'test' && !excluded;
}

/** What the vectors of a project would give now, without computing it; null without vectors or training normals. */
export async function vectorFingerprint(projectId: string, { store }: PipelineContext): Promise<VectorFingerprint | null> {
  const tables = await store.vectorTable.findMany({ where: { projectId, samples: { some: {} } }, select: { sha256: true, columns: true }, orderBy: { sha256: 'asc' } });
  const columns = tables[0]?.columns;
  if (columns === undefined) return null;
  const where = { projectId, role: { not: 'auxiliary' as const }, excluded: false, OR: [{ split: null }, { split: 'train' as const }] };
  const samples = await store.sample.findMany({ where, select: { sha256: true, role: true }, orderBy: { sha256: 'asc' } });
  if (samples.filter(({ role }) => role === 'normal').length < 2) return null;
  const parts = {
    ...RECIPE,
    dim: columns.length,
    files: hashOf(tables.map(({ sha256 }) => sha256)),
    columns: hashOf(columns),
    // Normals are what samples are compared with: which of the training rows they are counts too.
    trainingRows: hashOf(samples.map(({ sha256, role }) => `${sha256} ${role}`)),
  };
  return { parts, hash: hashOf(Object.entries(parts).map(([name, part]) => `${name} ${part}`)) };
}

function hashOf(words: readonly string[]): string {
  const hash = createHash('sha256');
  for (const word of words) hash.update(JSON.stringify(word));
  return hash.digest('hex');
}

/**
 * Standardises all vectors of a project by its training rows, and finds for each the features that differ most from the
 * mean of its 3 nearest training normals.
 * @throws AssayError `data.too_few_rows` without two training normals
 */
export async function computeVectorSet(projectId: string, context: PipelineContext): Promise<VectorSet> {
  const fingerprint = await vectorFingerprint(projectId, context);
  if (fingerprint === null) throw noNormals();
  context.progress({ step: 'reading values', done: 0, total: null, rate: null });
  const given = await readGivenVectors(projectId, context);
  context.progress({ step: 'standardising' });
  const scale = columnScale(pickRows(given.values, given.samples.flatMap((sample, row) => (isTraining(sample) ? [row] : []))));
  const points = standardise(given.values, scale);
  const normals = given.samples.flatMap((sample, row) => (sample.role === 'normal' && isTraining(sample) ? [row] : []));
  const references = thinned(normals, MAX_REFERENCES);
  const found = await compare(points, references, context);
  const chunks = await storeChunks(given, points, context);
  const scaling = { columns: given.columns, means: [...scale.means], deviations: [...scale.deviations], neighbours: NEIGHBOURS, references: references.length, trainingNormals: normals.length };
  const scalingSha256 = await context.blobs.put(Buffer.from(JSON.stringify(scaling)));
  return { fingerprint, dim: given.columns.length, count: given.samples.length, scalingSha256, chunks, differences: differencesOf(given, found, scale) };
}

function noNormals(): AssayError {
  return new AssayError('data.too_few_rows', 'There are fewer than 2 training normals; vectors are standardised by them and compared with them.', {
    hint: 'Set the role of the good rows to normal, or import a file that holds them.',
  });
}

/** Evenly chosen rows; the order of rows is that of their hashes, so that the choice is a fair draw that repeats. */
function thinned(rows: readonly number[], most: number): readonly number[] {
  if (rows.length <= most) return rows;
  return Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]!);
}

async function compare(points: Matrix, references: readonly number[], context: PipelineContext): Promise<Contrast> {
  const self = new Int32Array(points.rows).fill(-1);
  references.forEach((row, index) => {
    self[row] = index;
  });
  const words = { contrast: 'comparing with the nearest normals' };
  return withGemmProduct((products) => contrast(points, pickRows(points, references), { neighbours: NEIGHBOURS, features: FEATURES_NAMED, self }, numericsContext(context, products, words, 'samples')));
}

function pickRows({ data, cols }: Matrix, rows: readonly number[]): Matrix {
  const picked = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => picked.set(data.subarray(row * cols, (row + 1) * cols), i * cols));
  return { data: picked, rows: rows.length, cols };
}

async function storeChunks({ samples }: GivenVectors, points: Matrix, { blobs, signal }: PipelineContext): Promise<VectorSet['chunks']> {
  const chunks: { index: number; sampleIds: string[]; sha256: string }[] = [];
  for (let from = 0; from < points.rows; from += CHUNK_ROWS) {
    signal.throwIfAborted();
    const to = Math.min(from + CHUNK_ROWS, points.rows);
    const sha256 = await blobs.put(encodeVectors(Float32Array.from(points.data.subarray(from * points.cols, to * points.cols))));
    chunks.push({ index: chunks.length, sampleIds: samples.slice(from, to).map(({ id }) => id), sha256 });
  }
  return chunks;
}

function differencesOf({ samples, values }: GivenVectors, { count, feature, reference, difference }: Contrast, { means, deviations }: ColumnScale): VectorSet['differences'] {
  return samples.map(({ id }, row) => {
    const named = Array.from({ length: count }, (_, place) => row * count + place).filter((at) => feature[at]! >= 0);
    const features = named.map((at) => {
      const j = feature[at]!;
      return { feature: j, value: values.data[row * values.cols + j]!, normal: reference[at]! * deviations[j]! + means[j]!, difference: difference[at]! };
    });
    return { sampleId: id, features: encodeDifferences(features) };
  });
}
