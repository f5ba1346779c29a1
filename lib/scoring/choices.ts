import { eapPresets, type EapParameters } from '@/lib/anomaly/eap/parameters';
import type { RunParameters } from '@/lib/api/contracts/runs';

export type ScoreChoices = { readonly preset: string; readonly parameters: RunParameters; readonly seed: number };

/** The parameters of EAP in force: those of the preset, with what was chosen on top. */
export function parametersInForce({ preset, parameters, seed }: ScoreChoices): EapParameters {
  return { ...eapPresets[preset === 'released' ? 'released' : 'paper'], ...given(parameters), seed };
}

/** The parameters that were chosen, without those left to the preset. */
export function given(parameters: RunParameters): Record<string, string | number | boolean> {
  return Object.fromEntries(Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
