import type { NumericsContext } from '../context';
import type { EapInput } from '../eap/input';

/** What an evaluator computes from, which sets its running time. */
export type CostClass =
  /** Distances only. */
  | 'distances'
  /** One detector fit, or one per subset. */
  | 'one_fit'
  /** A detector fit per auxiliary row or per draw. */
  | 'many_fits';

/** Training set, labels and auxiliary set, as for EAP. */
export type EvaluatorInput = EapInput;

/** Values of the auxiliary rows, higher = more useful, with the parts they were made of. */
export type Evaluation = {
  readonly values: Float64Array;
  /** Further numbers per auxiliary row, by name. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Numbers of the whole run, such as k-hat. */
  readonly facts: Readonly<Record<string, number>>;
};

/** A way to value auxiliary anomalies. `P` are its parameters, all with defaults; a seed is always among them. */
export type Evaluator<P extends { readonly seed: number }> = {
  readonly id: string;
  /** As printed in tables and legends. */
  readonly name: string;
  /** One sentence for the person who chooses. */
  readonly description: string;
  readonly cost: CostClass;
  readonly defaults: P;
  /** Throws NumericsError: data.*, parameter.invalid, job.cancelled. */
  evaluate(input: EvaluatorInput, parameters: Partial<P>, context?: NumericsContext): Promise<Evaluation>;
};
