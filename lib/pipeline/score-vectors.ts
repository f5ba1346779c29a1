import type { EapResult } from '@/lib/anomaly/eap/eap';
import type { EapInput } from '@/lib/anomaly/eap/input';
import { eapPresets, type EapParameters } from '@/lib/anomaly/eap/parameters';
import type { RunParameters } from '@/lib/api/contracts/runs';
import { compute } from './compute/compute';
import type { PipelineContext } from './context';

export type ScoreChoices = { readonly preset: string; readonly parameters: RunParameters; readonly seed: number };

const steps = {
  detector: 'fitting the detector',
  neighbours: 'measuring distances between training samples',
  spheres: 'building covering spheres',
  auxiliary: 'scoring auxiliary samples',
};

/** The parameters in force: those of the preset, with what was chosen on top. */
export function parametersInForce({ preset, parameters, seed }: ScoreChoices): EapParameters {
  return { ...eapPresets[preset === 'released' ? 'released' : 'paper'], ...given(parameters), seed };
}

/** The parameters that were chosen, without those left to the preset. */
export function given(parameters: RunParameters): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** EAP of vectors, with the dense algebra on ONNX Runtime. Vectors come from a feature set or from a file. */
export async function scoreVectors(input: EapInput, choices: ScoreChoices, context: Pick<PipelineContext, 'signal' | 'progress'>): Promise<EapResult> {
  return compute('eap', { input, parameters: parametersInForce(choices) }, context, { words: steps });
}
