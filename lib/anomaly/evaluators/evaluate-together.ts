import type { NumericsContext } from '../context';
import type { EapResult } from '../eap/eap';
import type { EapParameters } from '../eap/parameters';
import { conditionalReader } from './conditional-evaluator';
import { densityAndConditionalReader } from './density-and-conditional-evaluator';
import { densityReader } from './density-evaluator';
import { eapReader } from './eap-evaluator';
import { eapPass, type PassReader } from './eap-pass';
import type { Evaluation, EvaluatorInput } from './evaluator';
import { checkParameterNames, evaluateWith, type EvaluatorId } from './registry';

export type EvaluationRequest = {
  readonly id: EvaluatorId;
  /** Override the evaluator's defaults. */
  readonly parameters?: (Readonly<Record<string, unknown>> & { readonly seed?: number }) | undefined;
};

export type TimedEvaluation = Evaluation & {
  /** Position of the request. */
  readonly index: number;
  readonly id: EvaluatorId;
  /** Wall-clock seconds that the evaluator takes by itself, including a pass that it shares. */
  readonly seconds: number;
  /** The part of `seconds` that was spent once for several evaluators. */
  readonly sharedSeconds: number;
};

const readers: Partial<Record<EvaluatorId, PassReader>> = {
  EAP: eapReader,
  P_X: densityReader,
  P_YX: conditionalReader,
  P_YX_NPX: densityAndConditionalReader,
};

type Planned = { readonly request: EvaluationRequest; readonly index: number; readonly shared: { readonly reader: PassReader; readonly pass: EapParameters; readonly key: string } | undefined };

/**
 * Runs several evaluators over one input and yields each result as it is there, in the order of the requests. The EAP pass is computed
 * once for all of EAP (in one pass, with any prior share), P_X, P_YX and P_YX_NPX that ask for the same fit. Values are those of
 * `evaluateWith`, bit for bit. Throws NumericsError as the evaluators do; what was yielded before stays valid.
 */
export async function* evaluateTogether(
  requests: readonly EvaluationRequest[],
  input: EvaluatorInput,
  context: NumericsContext = {},
): AsyncGenerator<TimedEvaluation, void, undefined> {
  const planned = requests.map((request, index) => plan(request, index, input));
  const uses = new Map<string, number>();
  for (const { shared } of planned) if (shared !== undefined) uses.set(shared.key, (uses.get(shared.key) ?? 0) + 1);
  const passes = new Map<string, { readonly pass: EapResult; readonly seconds: number }>();
  for (const { request, index, shared } of planned) {
    const start = performance.now();
    if (shared === undefined || uses.get(shared.key) === 1) {
      const evaluation = await evaluateWith(request.id, input, request.parameters ?? {}, context);
      yield { ...evaluation, index, id: request.id, seconds: secondsSince(start), sharedSeconds: 0 };
      continue;
    }
    const known = passes.get(shared.key);
    const pass = known?.pass ?? await eapPass(input, shared.pass, context);
    const sharedSeconds = known?.seconds ?? secondsSince(start);
    passes.set(shared.key, { pass, seconds: sharedSeconds });
    const readFrom = performance.now();
    const evaluation = shared.reader.read(pass, request.parameters ?? {});
    yield { ...copyOf(evaluation), index, id: request.id, seconds: sharedSeconds + secondsSince(readFrom), sharedSeconds };
  }
}

function plan(request: EvaluationRequest, index: number, input: EvaluatorInput): Planned {
  const parameters = request.parameters ?? {};
  checkParameterNames(request.id, parameters);
  const reader = readers[request.id];
  const pass = reader?.passParameters(input, parameters);
  if (reader === undefined || pass === undefined) return { request, index, shared: undefined };
  const key = JSON.stringify(Object.entries(pass).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { request, index, shared: { reader, pass, key } };
}

/** Arrays of its own, so that who changes one result does not change another. */
function copyOf({ values, columns, facts }: Evaluation): Evaluation {
  const copied = Object.entries(columns).map(([name, column]) => [name, column.slice()] as const);
  return { values: values.slice(), columns: Object.fromEntries(copied), facts };
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
