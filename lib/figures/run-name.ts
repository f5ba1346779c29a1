import type { Run } from '@/lib/api/contracts/runs';
import { evaluatorName } from './evaluator-name';

/** What of a run its name is made from. */
export type NamedRun = Pick<Run, 'evaluator' | 'preset' | 'parameters'>;

/** "fast", "exact", "as released", "paper preset": how a run was made where its evaluator leaves a choice; empty where not. */
export function runManner({ evaluator, preset, parameters }: NamedRun): string[] {
  const given = typeof parameters === 'object' && parameters !== null ? (parameters as Readonly<Record<string, unknown>>) : {};
  const manner: string[] = [];
  if (evaluator === 'EAP') manner.push(`${preset} preset`);
  if (given['mode'] === 'fast' || given['mode'] === 'exact') manner.push(given['mode']);
  if (given['asReleased'] === true) manner.push('as released');
  return manner;
}

/** "AME, fast, as released": an evaluator and how it was run, wherever a run is named. */
export function runTitle(run: NamedRun): string {
  return [evaluatorName(run.evaluator), ...runManner(run)].join(', ');
}
