import { estimatePrototypeSeconds } from '@/lib/anomaly/prototypes/estimate';
import { planPrototypes, type PrototypeOptions, type PrototypePlan } from '@/lib/anomaly/prototypes/prototype-options';
import { createRandom, type RandomGenerator } from '@/lib/anomaly/random/generator';
import { sampleWithoutReplacement } from '@/lib/anomaly/random/sampling';
import type { PrototypeRows, PrototypeSettings } from '@/lib/api/contracts/prototypes';
import { AssayError } from '@/lib/errors';
import type { VectorSample } from './vectors';

/** Rows of a feature set that a search for prototypes can use. */
export type PrototypeCounts = { readonly trainingNormals: number; readonly heldOutNormals: number; readonly anomalies: number };

export type PlannedSearch = {
  readonly rows: PrototypeRows;
  readonly options: PrototypeOptions;
  readonly plan: PrototypePlan;
  /** Rough running time on one core. */
  readonly seconds: number;
};

const markHint = 'Mark some normals as test on the Samples page.';
const anomalyHint = 'Upload real anomalies, or change the role of the samples that are some.';

/** Of each role, for a validation and a test set. */
const FEWEST = 2;

/** How many rows a search would have for each use. */
export function prototypeRowCounts({ trainingNormals, heldOutNormals, anomalies }: PrototypeCounts, { candidates, judged }: PrototypeSettings): PrototypeRows {
  const common = { candidates: Math.min(trainingNormals, candidates), trainingNormals };
  const missing = missingLabels({ heldOutNormals, anomalies });
  if (missing !== null) return { ...common, validation: null, test: null, missing: missing.message };
  const share = Math.min(1, (2 * judged) / (heldOutNormals + anomalies));
  const kept = (count: number) => Math.max(FEWEST, Math.round(count * share));
  const half = (round: (value: number) => number) => ({ normals: round(kept(heldOutNormals) / 2), anomalies: round(kept(anomalies) / 2) });
  return { ...common, validation: half(Math.ceil), test: half(Math.floor), missing: null };
}

function missingLabels({ heldOutNormals, anomalies }: Omit<PrototypeCounts, 'trainingNormals'>): { message: string; hint: string } | null {
  if (heldOutNormals >= FEWEST && anomalies >= FEWEST) return null;
  const lacks = [
    ...(heldOutNormals < FEWEST ? [`${FEWEST} test normals (there ${heldOutNormals === 1 ? 'is 1' : 'are none'})`] : []),
    ...(anomalies < FEWEST ? [`${FEWEST} real anomalies (there ${anomalies === 1 ? 'is 1' : 'are none'})`] : []),
  ];
  const hint = [...(heldOutNormals < FEWEST ? [markHint] : []), ...(anomalies < FEWEST ? [anomalyHint] : [])].join(' ');
  return { message: `To choose by labels and to judge what was chosen, at least ${lacks.join(' and ')} are needed.`, hint };
}

/**
 * Fills in what the settings leave open for a number of rows. Without labelled rows it is the core-set alone, which nothing judges.
 * @throws AssayError or NumericsError `data.too_few_rows` where rows are missing that the settings need, `parameter.invalid`
 */
export function planSearch(counts: PrototypeCounts, columns: number, settings: PrototypeSettings): PlannedSearch {
  const rows = prototypeRowCounts(counts, settings);
  if (rows.candidates < 2) {
    throw new AssayError('data.too_few_rows', `There ${rows.candidates === 1 ? 'is 1 training normal' : 'are no training normals'} in this feature set; at least 2 are needed to choose among.`, {
      hint: 'Upload images of good parts, or change the role of some samples to normal.',
    });
  }
  const labelled = rows.validation !== null;
  const missing = missingLabels(counts);
  if (missing !== null && settings.methods?.some((method) => method !== 'core-set')) throw new AssayError('data.too_few_rows', missing.message, { hint: `${missing.hint} Or choose the core-set alone, which needs no labels.` });
  const options = optionsOf(settings, labelled);
  const plan = planPrototypes(options, rows.candidates, labelled);
  const sizeOf = (set: PrototypeRows['test']) => (set === null ? 0 : set.normals + set.anomalies);
  const seconds = estimatePrototypeSeconds({ normals: rows.candidates, validation: sizeOf(rows.validation), test: sizeOf(rows.test), columns }, plan);
  return { rows, options, plan, seconds };
}

function optionsOf({ detector, sizes, methods, fitness, population, generations, randomDraws, longTail, seed }: PrototypeSettings, labelled: boolean): PrototypeOptions {
  return {
    seed,
    detector: { id: detector },
    sizes,
    fitness,
    // Nothing would judge them.
    randomDraws: labelled ? randomDraws : 0,
    longTail: labelled && longTail,
    ...(methods === null ? {} : { methods }),
    ...(population === null ? {} : { population }),
    ...(generations === null ? {} : { generations }),
  };
}

/** Row numbers of a search; labelled rows are normals first. */
export type DrawnRows = { readonly candidates: Int32Array; readonly validation: Int32Array | null; readonly test: Int32Array | null };

/** Seeds of the draws: excluding a normal must not deal the labelled rows anew, or two searches could not be compared. */
const streams = { candidates: 11, normals: 12, anomalies: 13 } as const;

type Placed = Pick<VectorSample, 'role' | 'split'>;

/** Normals that are not marked as test are candidates; those that are, and all real anomalies, are the labelled rows. */
export function prototypeCounts(samples: readonly Placed[]): PrototypeCounts {
  const { training, heldOut, anomalies } = rowsByUse(samples);
  return { trainingNormals: training.length, heldOutNormals: heldOut.length, anomalies: anomalies.length };
}

/** Draws the rows with the seed of the settings, as many as `prototypeRowCounts` says, halves of each role for validation and test. */
export function drawRows(samples: readonly Placed[], settings: PrototypeSettings): DrawnRows {
  const { training, heldOut, anomalies } = rowsByUse(samples);
  const counts = prototypeRowCounts(prototypeCounts(samples), settings);
  const draw = (rows: readonly number[], count: number, stream: number) => drawn(rows, count, createRandom(settings.seed, stream));
  const candidates = draw(training, counts.candidates, streams.candidates).sort();
  if (counts.validation === null || counts.test === null) return { candidates, validation: null, test: null };
  const normals = draw(heldOut, counts.validation.normals + counts.test.normals, streams.normals);
  const real = draw(anomalies, counts.validation.anomalies + counts.test.anomalies, streams.anomalies);
  const part = (rows: Int32Array, from: number, to?: number) => [...rows.subarray(from, to).slice().sort()];
  return {
    candidates,
    validation: Int32Array.from([...part(normals, 0, counts.validation.normals), ...part(real, 0, counts.validation.anomalies)]),
    test: Int32Array.from([...part(normals, counts.validation.normals), ...part(real, counts.validation.anomalies)]),
  };
}

function rowsByUse(samples: readonly Placed[]): { training: number[]; heldOut: number[]; anomalies: number[] } {
  const rowsWhere = (test: (sample: Placed) => boolean) => samples.flatMap((sample, row) => (test(sample) ? [row] : []));
  return {
    training: rowsWhere(({ role, split }) => role === 'normal' && split !== 'test'),
    heldOut: rowsWhere(({ role, split }) => role === 'normal' && split === 'test'),
    anomalies: rowsWhere(({ role }) => role === 'anomaly'),
  };
}

function drawn(rows: readonly number[], count: number, random: RandomGenerator): Int32Array {
  return Int32Array.from(sampleWithoutReplacement(rows.length, count, random), (at) => rows[at]!);
}
