import type { NumericsContext } from '@/lib/anomaly/context';
import { makeExperiment } from '@/lib/anomaly/protocol/experiment';
import { chooseForeignSets } from '@/lib/anomaly/protocol/foreign';
import type { LabelledSet } from '@/lib/anomaly/protocol/labelled-set';
import type { SetKind } from '@/lib/anomaly/protocol/result';
import { runExperiment } from '@/lib/anomaly/protocol/run-experiment';
import type { ProtocolSettings } from './options';
import type { Cell } from './results-file';
import type { Made, Row } from './row';

/** Where the sets of a cell come from. */
export type SetSource = {
  /** Names of all sets, from which the foreign ones are drawn. */
  readonly names: readonly string[];
  kind(name: string): SetKind;
  load(name: string): Promise<LabelledSet>;
};

/** Runs all evaluators on one set and seed. @throws NumericsError when the experiment cannot be made at all */
export async function runCell({ set, seed }: Cell, settings: ProtocolSettings, made: Made, source: SetSource, context: NumericsContext): Promise<Row[]> {
  const target = await source.load(set);
  const others: LabelledSet[] = [];
  for (const name of chooseForeignSets(set, source.names, seed)) others.push(await source.load(name));
  const { preset, knownAnomalies, trainingNormals } = settings;
  const experiment = makeExperiment(target, others, { kind: source.kind(set), seed, preset, knownAnomalies, trainingNormals });
  const { outcomes, refused, curveSeconds } = await runExperiment(experiment, settings, context);
  const shared = {
    set,
    seed,
    made,
    kind: experiment.kind,
    n: experiment.train.rows,
    d: experiment.train.cols,
    m: experiment.counts.trainAnomalies,
    l: experiment.auxiliary.rows,
    foreignSets: experiment.foreignSets,
  };
  const done = outcomes.map(({ result }): Row => ({ ...shared, evaluator: result.evaluator, result, curveSeconds: curveSeconds / outcomes.length, error: '' }));
  const failed = refused.map(({ evaluator, message }): Row => ({ ...shared, evaluator, result: undefined, curveSeconds: 0, error: message }));
  return [...done, ...failed];
}
