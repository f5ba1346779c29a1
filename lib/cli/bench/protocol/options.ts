import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { CurvePoints } from '@/lib/anomaly/curves/curve';
import type { EvaluatorMode } from '@/lib/anomaly/evaluators/evaluator';
import { describeEvaluator, evaluatorIdOf, evaluatorIds, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import type { KnownAnomalies } from '@/lib/anomaly/protocol/known-anomalies';
import { paperAlpha0s } from '@/lib/anomaly/protocol/result';
import { TRAINING_NORMALS, type ProtocolPreset } from '@/lib/anomaly/protocol/split-counts';
import { AssayError } from '@/lib/errors';

/** What every experiment of a run has in common. */
export type ProtocolSettings = {
  readonly evaluators: readonly EvaluatorId[];
  readonly mode: EvaluatorMode;
  readonly points: CurvePoints;
  readonly preset: ProtocolPreset;
  readonly knownAnomalies: KnownAnomalies;
  readonly trainingNormals: number;
  /** Prior shares that EAP is run with beside its own; empty where EAP is not among the evaluators. */
  readonly alpha0s: readonly number[];
};

export type ProtocolOptions = {
  readonly settings: ProtocolSettings;
  /** As given on the command line; undefined: the default. */
  readonly data: string | undefined;
  readonly out: string;
  /** Names of sets; undefined: all. */
  readonly sets: readonly string[] | undefined;
  /** Seeds 1 to this number. */
  readonly seeds: number;
  readonly threads: number;
};

const usage = `npm run bench -- protocol [--data DIR] [--sets a,b] [--seeds 10] [--methods EAP,LAVA,...] [--exact]
  [--points 9|exact] [--split paper|released] [--known random|clustered] [--normals 1000] [--no-alpha0] [--threads N] [--out DIR]`;

function refused(message: string): AssayError {
  return new AssayError('parameter.invalid', message, { hint: `Usage: ${usage}` });
}

const given = {
  data: { type: 'string' },
  out: { type: 'string', default: 'protocol' },
  sets: { type: 'string' },
  seeds: { type: 'string', default: '10' },
  methods: { type: 'string' },
  exact: { type: 'boolean', default: false },
  points: { type: 'string', default: '9' },
  split: { type: 'string', default: 'paper' },
  known: { type: 'string' },
  normals: { type: 'string', default: String(TRAINING_NORMALS) },
  'no-alpha0': { type: 'boolean', default: false },
  threads: { type: 'string', default: String(availableParallelism()) },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: given, strict: true }).values;
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

/** Reads the arguments after `protocol`. @throws AssayError `parameter.invalid` with the usage as its hint */
export function readOptions(args: readonly string[]): ProtocolOptions {
  const values = parse(args);
  const preset = choice('split', values.split, ['paper', 'released'] as const);
  const evaluators = evaluatorsOf(values.methods);
  return {
    settings: {
      evaluators,
      mode: values.exact ? 'exact' : 'fast',
      points: values.points === 'exact' ? 'exact' : whole('points', values.points, 3),
      preset,
      knownAnomalies: choice('known', values.known ?? (preset === 'paper' ? 'random' : 'clustered'), ['random', 'clustered'] as const),
      trainingNormals: whole('normals', values.normals, 2),
      alpha0s: values['no-alpha0'] || !evaluators.includes('EAP') ? [] : paperAlpha0s,
    },
    data: values.data,
    out: values.out,
    sets: values.sets === undefined ? undefined : listOf('sets', values.sets),
    seeds: whole('seeds', values.seeds, 1),
    threads: whole('threads', values.threads, 1),
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < least) throw refused(`--${name} must be a whole number from ${least} on, not "${text}".`);
  return value;
}

function choice<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === text);
  if (found === undefined) throw refused(`--${name} must be ${choices.join(' or ')}, not "${text}".`);
  return found;
}

function listOf(name: string, text: string): string[] {
  const items = [...new Set(text.split(',').map((item) => item.trim()).filter((item) => item !== ''))];
  if (items.length === 0) throw refused(`--${name} names nothing.`);
  return items;
}

function evaluatorsOf(text: string | undefined): EvaluatorId[] {
  if (text === undefined) return [...evaluatorIds];
  const chosen = listOf('methods', text).map((name) => {
    const id = evaluatorIdOf(name);
    if (id === undefined) throw refused(`There is no method "${name}". There are: ${evaluatorIds.map((known) => describeEvaluator(known).name).join(', ')}.`);
    return id;
  });
  return evaluatorIds.filter((id) => chosen.includes(id));
}
