import { matrixFromRows } from '@/lib/anomaly/linalg/matrix';
import type { EapInput } from '@/lib/anomaly/eap/input';
import { toAssayError } from '@/lib/errors';
import type { ScoreChoices } from '@/lib/scoring/choices';
import { computeMap, type MapChoices, type SampleMap } from '@/lib/scoring/map';
import { valueAuxiliary, type Valuation } from '@/lib/scoring/valuation';
import { rowsOf } from '@/lib/scoring/vectors';
import { webCompute } from '../compute';

/** Vectors that a test serves: rows of numbers. */
export type ServedSet = {
  readonly train: readonly number[][];
  readonly labels: readonly number[];
  readonly auxiliary: readonly number[][];
  readonly prior: { readonly train: readonly number[]; readonly auxiliary: readonly number[] } | null;
};

/** The input of an evaluator; the same on both sides. */
export function inputOf({ train, labels, auxiliary, prior }: ServedSet): EapInput {
  return {
    train: matrixFromRows(train),
    labels: Uint8Array.from(labels),
    auxiliary: matrixFromRows(auxiliary),
    ...(prior === null ? {} : { prior: { train: Float64Array.from(prior.train), auxiliary: Float64Array.from(prior.auxiliary) } }),
  };
}

/** All rows of a set as the samples of a map. */
export function vectorsOf({ train, auxiliary }: ServedSet): Parameters<typeof computeMap>[0] {
  const rows = [...train, ...auxiliary];
  const samples = rows.map((_, row) => ({ id: String(row), role: 'auxiliary' as const, split: null, defectType: null, qualityLabel: null }));
  return { samples, dim: rows[0]?.length ?? 0, data: Float32Array.from(rows.flat()) };
}

/** Typed arrays as lists, which pass from page to test. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

const sets = new Map<string, Promise<ServedSet>>();
const servedSet = (place: string): Promise<ServedSet> => {
  const held = sets.get(place) ?? fetch(place).then((response) => response.json() as Promise<ServedSet>);
  sets.set(place, held);
  return held;
};

const never = new AbortController().signal;
const quiet = () => undefined;

export const inPage = {
  async value(place: string, evaluator: string, choices: ScoreChoices): Promise<{ valuation: Valuation; seconds: number; runtime: string }> {
    const input = inputOf(await servedSet(place));
    const web = webCompute(never, quiet);
    const started = performance.now();
    const valuation = await valueAuxiliary(evaluator, input, choices, web.compute);
    return { valuation: plain(valuation) as Valuation, seconds: (performance.now() - started) / 1000, runtime: web.runtime() };
  },

  async map(place: string, choices: MapChoices): Promise<SampleMap> {
    return plain(await computeMap(vectorsOf(await servedSet(place)), choices, webCompute(never, quiet).compute)) as SampleMap;
  },

  /** Begins a map that would take minutes, and cancels it when it tells how far it is. */
  async cancelled(place: string): Promise<{ code: string; steps: string[]; afterwards: number }> {
    const cancel = new AbortController();
    const steps: string[] = [];
    const { compute } = webCompute(cancel.signal, ({ step, done }) => {
      steps.push(`${step} ${done}`);
      if (step === 'laying out') cancel.abort();
    });
    const vectors = vectorsOf(await servedSet(place));
    const points = rowsOf(vectors, [...vectors.samples.keys()]);
    const parameters = { seed: 0, perplexity: 5, iterations: 1_000_000, earlyExaggeration: 12, exaggerationIterations: 250, learningRate: undefined, theta: 0.5 };
    const code = await compute('tsne', { points, parameters }, { words: { projection: 'laying out' } }).then(() => 'none', (thrown: unknown) => toAssayError(thrown).code);
    const told = steps.length;
    await servedSet(place);
    return { code, steps, afterwards: steps.length - told };
  },

  async failing(place: string): Promise<{ code: string; message: string }> {
    const input = { ...inputOf(await servedSet(place)), labels: new Uint8Array(2) };
    const { code, message } = await valueAuxiliary('EAP', input, { preset: 'paper', parameters: {}, seed: 0 }, webCompute(never, quiet).compute).then(() => ({ code: 'none', message: '' }), toAssayError);
    return { code, message };
  },
};
export type ComputeInPage = typeof inPage;

(globalThis as unknown as { assay: ComputeInPage }).assay = inPage;
