import type { NumericsContext } from '../context';
import { detectorSeconds } from '../detectors/cost';
import type { DetectorId } from '../detectors/registry';
import { eap, type EapResult } from '../eap/eap';
import { eapPresets, type EapParameters } from '../eap/parameters';
import type { Evaluation, EvaluatorInput } from './evaluator';

/** Parameters of an evaluator that reads one pass of the EAP fit: those of the fit. */
export type PassParameters = Omit<EapParameters, 'alpha0' | 'subsets' | 'posteriorRows'> & {
  /** true: the choices of the released program (normals only, open spheres, whole-number percentile) where none are given. */
  readonly asReleased: boolean;
};

function passDefaults(): PassParameters {
  const { alpha0: _alpha0, subsets: _subsets, posteriorRows: _posteriorRows, ...fit } = eapPresets.paper;
  return { ...fit, asReleased: false };
}

export const eapPassDefaults: PassParameters = passDefaults();

/** The EAP parameters of the one pass over the whole training set that the given ones ask for. */
export function passParametersOf(given: Partial<PassParameters>): EapParameters {
  const { asReleased = false, ...fit } = given;
  const { released, paper } = eapPresets;
  return { ...(asReleased ? released : paper), ...fit, alpha0: undefined, subsets: 0, posteriorRows: paper.posteriorRows };
}

/** An evaluator whose values follow from one EAP pass over the whole training set, so that several can share it. */
export type PassReader = {
  /** The pass it needs; undefined where one pass does not do. */
  passParameters(input: EvaluatorInput, given: Readonly<Record<string, unknown>>): EapParameters | undefined;
  read(pass: EapResult, given: Readonly<Record<string, unknown>>): Evaluation;
};

/** One pass over the whole training set; fixed subsets of the input are for EAP alone and left aside. */
export function eapPass(input: EvaluatorInput, parameters: EapParameters, context: NumericsContext = {}): Promise<EapResult> {
  return eap({ ...input, subsetMasks: undefined }, parameters, context);
}

/** Rough seconds of one pass on one core. */
export function estimatePassSeconds(size: { rows: number; auxiliary: number; columns: number }, { detector = 'ssdo' }: { readonly detector?: DetectorId } = {}): number {
  const { rows, auxiliary, columns } = size;
  const pairs = rows * (rows + auxiliary);
  return 0.05 + pairs * columns * 2e-10 + pairs * 8e-8 + detectorSeconds(detector, size);
}
