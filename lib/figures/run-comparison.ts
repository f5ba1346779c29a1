import type { Run } from '@/lib/api/contracts/runs';
import { describeEvaluator, isEvaluatorId } from '@/lib/anomaly/evaluators/registry';
import { runTitle } from './run-name';

/** One run in the comparison of evaluators on the same features. */
export type ComparedRun = {
  readonly run: Run;
  /** "LAVA, fast". */
  readonly title: string;
  /** One of the paper's evaluators; the others stand apart and take no mark of the best. */
  readonly inPaper: boolean;
  readonly best: boolean;
};

/** The newest ready run per evaluator and manner on the features of `shown`, which stands for its own manner; best AUC_QLT first, runs without one last; our own after the paper's. */
export function comparedRuns(runs: readonly Run[], shown: Pick<Run, 'id' | 'featureSetId'>): ComparedRun[] {
  const newest = new Map<string, Run>();
  for (const run of runs) {
    if (run.state !== 'ready' || run.featureSetId !== shown.featureSetId) continue;
    const title = runTitle(run);
    const known = newest.get(title);
    if (known === undefined || run.id === shown.id || (known.id !== shown.id && run.createdAt > known.createdAt)) newest.set(title, run);
  }
  const lines = [...newest].map(([title, run]) => ({ run, title, inPaper: !isEvaluatorId(run.evaluator) || describeEvaluator(run.evaluator).inPaper }));
  const best = Math.max(...lines.flatMap(({ run, inPaper }) => (inPaper ? (run.summary?.aucQlt?.value ?? []) : [])));
  return lines.map((line) => ({ ...line, best: line.inPaper && line.run.summary?.aucQlt?.value === best })).sort(compare);
}

type Line = Omit<ComparedRun, 'best'>;

function compare(a: Line, b: Line): number {
  const auc = ({ run }: Line) => run.summary?.aucQlt?.value ?? -1;
  return Number(b.inPaper) - Number(a.inPaper) || auc(b) - auc(a) || a.title.localeCompare(b.title);
}
