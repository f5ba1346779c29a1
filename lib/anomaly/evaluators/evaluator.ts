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

/** Size of a valuation, from which its time can be told before it starts. */
export type EvaluationSize = {
  /** Training rows n. */
  readonly rows: number;
  /** Known anomalies m among them. */
  readonly anomalies: number;
  /** Auxiliary rows l. */
  readonly auxiliary: number;
  /** Columns d. */
  readonly columns: number;
};

/**
 * How an evaluator that fits many models or solves many transports goes about it: exactly as defined, or with the
 * short cuts that its docstring names.
 */
export type EvaluatorMode = 'fast' | 'exact';

/** A way to value auxiliary anomalies. `P` are its parameters, all with defaults; a seed is always among them. */
export type Evaluator<P extends { readonly seed: number }> = {
  readonly id: string;
  /** As printed in tables and legends. */
  readonly name: string;
  /** One sentence for the person who chooses. */
  readonly description: string;
  /** When not to trust it, in plain words, where that is known. */
  readonly limits?: string;
  /** One of the thirteen that the EAP paper compares, which alone take part in its ranks 1..13. */
  readonly inPaper: boolean;
  readonly cost: CostClass;
  /**
   * Where they hold `mode`, it is 'fast' | 'exact'; where they hold `asReleased`, true reproduces the released
   * program where that differs from the definition.
   */
  readonly defaults: P;
  /** Rough running time in seconds on one core of the machine of docs/benchmarks.md. */
  estimateSeconds(size: EvaluationSize, parameters: Partial<P>): number;
  /** Throws NumericsError: data.*, parameter.invalid, job.cancelled. */
  evaluate(input: EvaluatorInput, parameters: Partial<P>, context?: NumericsContext): Promise<Evaluation>;
};
