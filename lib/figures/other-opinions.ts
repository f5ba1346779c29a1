import type { OtherScore, OtherScores, Run } from '@/lib/api/contracts/runs';
import { evaluatorName } from './evaluator-name';
import { runTitle } from './run-name';

/** Percentiles that lie so far apart are called a disagreement: one ranks high what the other ranks low. */
export const disagreementPoints = 50;

/** What one other evaluator makes of a sample, beside the shown run. */
export type Opinion = {
  readonly score: OtherScore;
  /** "LAVA, fast". */
  readonly title: string;
  /** Percentile less that of the shown run, in points. */
  readonly difference: number;
  /** Said where the two disagree, else null. */
  readonly sentence: string | null;
};

/** The others, those that differ most from the shown run first; a random order holds no opinion and comes last. */
export function otherOpinions({ percentile, others }: OtherScores, run: Pick<Run, 'evaluator' | 'preset' | 'parameters'>): Opinion[] {
  const opinions = others.map((score): Opinion => {
    const difference = score.percentile - percentile;
    const disagrees = !isRandom(score) && Math.abs(difference) >= disagreementPoints;
    const [title, shown] = score.evaluator === run.evaluator ? [runTitle(score), runTitle(run)] : [evaluatorName(score.evaluator), evaluatorName(run.evaluator)];
    return { score, title: runTitle(score), difference, sentence: disagrees ? `${title} ranks it in the ${standing(score.percentile)}, ${shown} in the ${standing(percentile)}.` : null };
  });
  return opinions.toSorted((a, b) => Number(isRandom(a.score)) - Number(isRandom(b.score)) || Math.abs(b.difference) - Math.abs(a.difference));
}

function isRandom({ evaluator }: OtherScore): boolean {
  return evaluator === 'RANDOMEV';
}

/** "top 10 %", "lowest 5 %": the end that a percentile lies nearer to, in whole percent. */
export function standing(percentile: number): string {
  const share = (points: number) => `${Math.max(1, Math.ceil(points - 1e-9))} %`;
  return percentile >= 50 ? `top ${share(100 - percentile)}` : `lowest ${share(percentile)}`;
}
