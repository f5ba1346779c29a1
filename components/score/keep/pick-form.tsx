'use client';

import { Sparkles } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import type { DiversePick } from '@/lib/api/contracts/keep';
import type { Run } from '@/lib/api/contracts/runs';
import { cutRule, isInRanking } from '@/lib/figures/cut';
import { formatCount } from '@/lib/figures/format';
import { weightWords } from '@/lib/figures/keep/pick-words';
import { filterRows } from '@/lib/figures/ranking';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { InlineChoice, InlineNumber, Sentence } from '../../select/inline-controls';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { ProblemNote } from '../../ui/problem';
import type { Cut } from '../cut/use-cut';
import { usePickDiverse } from './use-keep';

type Pool = 'undecided' | 'all' | 'cut';

function poolFilter(pool: Pool, { table, ranking, keep }: Cut): RankingFilter {
  const undecided: RankingFilter = { roles: ['auxiliary'], verdicts: [null] };
  if (pool === 'cut') return cutRule(table, ranking(), keep ?? 0, undecided) ?? undecided;
  return pool === 'all' ? { roles: ['auxiliary'] } : undecided;
}

type PickFormProps = { projectId: string; run: Run; cut: Cut; verdicts: VerdictColumns; onStarted: (pick: DiversePick) => void };

/** "Pick 100 of the undecided samples with quality and diversity weighted half and half." */
export function PickForm({ projectId, run, cut, verdicts, onStarted }: PickFormProps) {
  const start = usePickDiverse(projectId);
  const weightId = useId();
  const [wanted, setWanted] = useState<number | null>(null);
  const [chosen, setChosen] = useState<Pool>('undecided');
  const [weight, setWeight] = useState(0.5);
  const [avoidAccepted, setAvoid] = useState(true);
  const pool = chosen === 'cut' && cut.keep === null ? 'undecided' : chosen;
  const filter = useMemo(() => poolFilter(pool, cut), [pool, cut]);
  const size = useMemo(() => filterRows(cut.table, verdicts, filter).filter((row) => isInRanking(cut.table, row)).length, [cut, verdicts, filter]);
  const count = Math.min(wanted ?? Math.min(100, Math.ceil(size / 2)), size);
  const send = () => start.mutate({ runId: run.id, count, filter, weight, avoidAccepted }, { onSuccess: onStarted });
  return (
    <div className="flex flex-col gap-2">
      <Sentence>
        Pick <InlineNumber label="Samples to pick" value={count} onChange={setWanted} minimum={1} maximum={Math.max(1, size)} disabled={size === 0} /> of the {formatCount(size)}{' '}
        <InlineChoice
          label="Picked among"
          value={pool}
          onChange={setChosen}
          options={[
            { value: 'undecided', label: 'undecided' },
            { value: 'cut', label: 'undecided above the cut', disabled: cut.keep === null },
            { value: 'all', label: 'auxiliary' },
          ]}
        />{' '}
        samples with quality and diversity weighted{' '}
        <label htmlFor={weightId} className="inline-flex items-center gap-2 align-middle leading-none">
          <span className="text-small text-muted">diversity</span>
          <input id={weightId} type="range" min={0} max={1} step={0.05} value={weight} aria-label="Weight of quality against diversity" aria-valuetext={weightWords(weight)} onChange={(event) => setWeight(Number(event.target.value))} className="w-28 accent-accent max-md:h-10" />
          <span className="text-small text-muted">quality</span>
        </label>{' '}
        <strong className="font-medium">{weightWords(weight)}</strong>.
      </Sentence>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button icon={Sparkles} busy={start.isPending} disabled={count === 0} onClick={send}>
          Pick {formatCount(count)}
        </Button>
        <Checkbox checked={avoidAccepted} onChange={setAvoid} label="Keep away from what is accepted already" />
        {size === 0 && <p className="text-small text-muted">No sample is left to pick from.</p>}
      </div>
      {start.error !== null && <ProblemNote error={start.error} />}
    </div>
  );
}
