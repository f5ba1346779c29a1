import type { Experiment } from '@/lib/api/contracts/experiments';
import { countOf, formatCount, formatDuration } from '@/lib/figures/format';

/** "3 sets, 10 seeds, 14 evaluators, fast, paper split, 9 points a curve". */
export function settingsLine({ sets, settings }: Pick<Experiment, 'sets' | 'settings'>): string {
  const points = settings.curvePoints === 'exact' ? 'exact curves' : `${settings.curvePoints} points a curve`;
  const split = settings.split === 'paper' ? 'paper split' : 'split of the released program';
  const parts = [countOf(sets.length, 'set'), countOf(settings.seeds, 'seed'), countOf(settings.evaluators.length, 'evaluator'), settings.mode, split, points];
  return [...parts, ...(settings.priorSensitivity ? ['prior sensitivity'] : [])].join(', ');
}

const states: Record<Experiment['state'], string> = { pending: 'Running', ready: 'Finished', failed: 'Failed', cancelled: 'Cancelled' };

export function stateWord({ state }: Pick<Experiment, 'state'>): string {
  return states[state];
}

/** "12 of 30 cells ready · 2 running · 1 failed · about 4 min left". */
export function progressLine({ state, cells, secondsLeft, seconds }: Pick<Experiment, 'state' | 'cells' | 'secondsLeft' | 'seconds'>): string {
  const parts = [`${formatCount(cells.ready)} of ${countOf(cells.total, 'cell')} ready`];
  if (cells.running > 0) parts.push(`${formatCount(cells.running)} running`);
  if (cells.failed > 0) parts.push(`${formatCount(cells.failed)} failed`);
  if (cells.cancelled > 0) parts.push(`${formatCount(cells.cancelled)} cancelled`);
  if (state === 'pending' && secondsLeft !== null) parts.push(`${formatDuration(Math.max(1, secondsLeft))} left`);
  if (cells.ready > 0) parts.push(`${formatDuration(seconds)} of one core so far`);
  return parts.join(' · ');
}

/** Share of the cells that are over, in [0, 1]. */
export function doneShare({ cells }: Pick<Experiment, 'cells'>): number {
  return cells.total === 0 ? 0 : (cells.ready + cells.failed + cells.cancelled) / cells.total;
}
