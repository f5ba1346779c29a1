import type { EapInput } from '@/lib/anomaly/eap/input';
import type { FeatureFingerprint } from '@/lib/inference/fingerprint';

/** What `assay score` computes with, however it was given. */
export type ScoreInput = EapInput & {
  /** Files of the auxiliary rows, relative to their folder; undefined when vectors were given. */
  readonly auxiliaryFiles: readonly string[] | undefined;
  readonly fingerprint: FeatureFingerprint | undefined;
  /** Files that could not be used, and why. */
  readonly refused: readonly { readonly file: string; readonly code: string; readonly message: string }[];
};
