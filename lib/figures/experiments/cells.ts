import type { Experiment } from '@/lib/api/contracts/experiments';
import type { CsvCell } from '../csv';
import type { JudgedResult } from './results';

export type CellState = 'ready' | 'failed' | 'waiting' | 'cancelled';

/** One pair of set and seed. `seconds` are those of all its valuations. */
export type CellLine = {
  readonly setId: string;
  readonly setName: string;
  readonly seed: number;
  readonly state: CellState;
  readonly evaluators: number;
  readonly aucEap: number | null;
  readonly seconds: number | null;
  /** Why it failed, or why evaluators are missing in it. */
  readonly message: string | null;
};

type Planned = Pick<Experiment, 'sets' | 'settings' | 'state' | 'failures'>;

/** Every cell of an experiment in the order set, seed: what it gave, why it failed, or that it waits or was cancelled. */
export function cellLines({ sets, settings, state, failures }: Planned, results: readonly JudgedResult[]): CellLine[] {
  const byCell = new Map<string, JudgedResult[]>();
  for (const result of results) {
    const key = `${result.seed} ${result.set}`;
    byCell.set(key, [...(byCell.get(key) ?? []), result]);
  }
  return sets.flatMap(({ id, name }) =>
    Array.from({ length: settings.seeds }, (_, index) => {
      const seed = index + 1;
      const own = byCell.get(`${seed} ${id}`) ?? [];
      const messages = failures.filter((one) => one.seed === seed && one.setName === name).map(({ message }) => message);
      return { setId: id, setName: name, seed, ...outcome(own, messages.length > 0 ? messages.join(' ') : null, state) };
    }),
  );
}

function outcome(results: readonly JudgedResult[], failure: string | null, state: Experiment['state']): Omit<CellLine, 'setId' | 'setName' | 'seed'> {
  if (results.length === 0) {
    const ended = state === 'cancelled' ? 'cancelled' : 'waiting';
    return { state: failure === null ? ended : 'failed', evaluators: 0, aucEap: null, seconds: null, message: failure };
  }
  return {
    state: 'ready',
    evaluators: results.length,
    aucEap: results.find(({ evaluator }) => evaluator === 'EAP')?.aucQlt ?? null,
    seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
    message: failure,
  };
}

/** All results, one line per set, seed and evaluator. */
export function resultsCsv(results: readonly JudgedResult[], sets: Experiment['sets']): { header: string[]; rows: CsvCell[][] } {
  const names = new Map(sets.map(({ id, name }) => [id, name]));
  return {
    header: ['set', 'kind', 'seed', 'evaluator', 'AUC_QLT', 'AULC_G', 'ACC_G', 'AULC_P', 'seconds'],
    rows: results.map((result) => [names.get(result.set) ?? result.set, result.kind, result.seed, result.evaluator, result.aucQlt, result.aulcGood, result.accGood, result.aulcPoor, result.seconds]),
  };
}
