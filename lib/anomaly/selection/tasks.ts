import { NumericsError } from '../errors';
import type { ValidationScores } from './paired-bootstrap';
import { twoSampleAuroc } from './two-sample-auroc';

/** `rest`: all real anomalies against the normals. `closest`: the defect type that a candidate finds hardest (SWSA paper, Section 4.1). */
export type SelectionTask = 'rest' | 'closest';

export type RealAurocs = {
  readonly rest: number;
  readonly closest: number;
  /** The defect type of `closest`; null where no types are told apart, and `closest` equals `rest`. */
  readonly closestType: string | null;
  /** By defect type, in the order of their first samples. */
  readonly byType: readonly { readonly type: string; readonly count: number; readonly auroc: number }[];
};

/**
 * AUROC of one candidate on real data: of all anomalies, and of each defect type against all normals.
 * @param defectTypes one per anomaly; anomalies without a type (null) count in `rest` only
 */
export function realAurocs({ anomalies, normals }: ValidationScores, defectTypes: readonly (string | null)[] | null): RealAurocs {
  if (defectTypes !== null && defectTypes.length !== anomalies.length) {
    throw new NumericsError('data.shape', `There are ${defectTypes.length} defect types for ${anomalies.length} real anomalies.`);
  }
  const rest = twoSampleAuroc(anomalies, normals);
  const types = [...new Set(defectTypes ?? [])].filter((type) => type !== null);
  const byType = types.map((type) => {
    const own = anomalies.filter((_, i) => defectTypes?.[i] === type);
    return { type, count: own.length, auroc: twoSampleAuroc(own, normals) };
  });
  const [first, ...others] = byType;
  if (first === undefined) return { rest, closest: rest, closestType: null, byType };
  const closest = others.reduce((worst, next) => (next.auroc < worst.auroc ? next : worst), first);
  return { rest, closest: closest.auroc, closestType: closest.type, byType };
}
