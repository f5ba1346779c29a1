import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { zones } from '@/lib/anomaly/eap/explanation';
import { describeEvaluator, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import type { ScoreChoices } from '@/lib/scoring/choices';
import type { Valuation } from '@/lib/scoring/valuation';
import type { ScoreInput } from '../score-input/score-input';

export type EvaluatorChoice = ScoreChoices & { readonly evaluator: EvaluatorId };

/** What one evaluator gave, and how long it took. */
export type Scored = { readonly choice: EvaluatorChoice; readonly valuation: Valuation; readonly seconds: number };

type Column = { readonly name: string; readonly value: (row: number) => string | number | undefined };

/**
 * One row per auxiliary sample in input order; with folders also the file. A single evaluator gives `quality` and its parts,
 * several give a column each under their names.
 */
export async function writeRanking(file: string, { auxiliary, auxiliaryFiles }: ScoreInput, scored: readonly Scored[]): Promise<void> {
  const [first] = scored;
  const columns: Column[] = [
    { name: 'index', value: (row) => row },
    ...(scored.length === 1 && first !== undefined ? partsOf(first) : scored.map(({ choice, valuation }) => numbers(describeEvaluator(choice.evaluator).name, valuation.quality))),
    ...(auxiliaryFiles === undefined ? [] : [{ name: 'file', value: (row: number) => auxiliaryFiles[row] }]),
  ];
  function* rows() {
    yield columns.map(({ name }) => name);
    for (let row = 0; row < auxiliary.rows; row += 1) yield columns.map(({ value }) => value(row));
  }
  await pipeline(rows, stringify({ escape_formulas: true }), createWriteStream(file));
}

function numbers(name: string, values: Float64Array): Column {
  return { name, value: (row) => String(values[row]) };
}

function partsOf({ choice, valuation }: Scored): Column[] {
  const { quality, probability, density, rarity, explanation, parts } = valuation;
  // Of RARITY the rarity is the quality itself.
  const known = { p: probability, density, rarity: choice.evaluator === 'RARITY' ? null : rarity };
  return [
    numbers('quality', quality),
    ...Object.entries(known).flatMap(([name, values]) => (values === null ? [] : [numbers(name, values)])),
    ...Object.entries(parts).map(([name, values]) => numbers(name, values)),
    ...(explanation === null ? [] : [{ name: 'zone', value: (row: number) => zones[explanation.zone[row]!] }]),
  ];
}

/** The JSON beside the ranking: what was computed, from what, with which parameters. */
export function summaryOf(input: ScoreInput, scored: readonly Scored[]): Record<string, unknown> {
  const anomalies = input.labels.reduce((sum, label) => sum + label, 0);
  const [first] = scored;
  return {
    ...(scored.length === 1 && first !== undefined ? runOf(first) : { runs: scored.map(runOf) }),
    training: { normals: input.labels.length - anomalies, anomalies },
    auxiliary: input.auxiliary.rows,
    ...(input.fingerprint === undefined ? {} : { features: input.fingerprint }),
    refused: input.refused,
  };
}

function runOf({ choice, valuation: { eap, facts, parameters }, seconds }: Scored): Record<string, unknown> {
  return {
    evaluator: describeEvaluator(choice.evaluator).name,
    ...(choice.evaluator === 'EAP' ? { preset: choice.preset } : {}),
    ...(eap === null ? facts : { k_hat: eap.kHat, lambda: eap.lambda, alpha0: eap.alpha0, beta0: eap.beta0, eta: facts['eta'] }),
    parameters,
    seconds,
  };
}
