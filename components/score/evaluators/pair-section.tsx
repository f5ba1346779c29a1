'use client';

import { useMemo, useState } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { alignRuns, leastAgreeing, type Agreement } from '@/lib/figures/evaluators/agreement';
import type { ZoneChange } from '@/lib/figures/evaluators/disagreements';
import { formatDateTime } from '@/lib/figures/format';
import { runTitle } from '@/lib/figures/run-name';
import { Field } from '../../ui/field';
import { Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Select } from '../../ui/select';
import { Skeleton } from '../../ui/skeleton';
import type { UrlChange } from '../../ui/use-url-state';
import { RunMore } from '../run-more';
import { DisagreementList } from './disagreement-list';
import { PairFigure } from './pair-figure';
import { useRunValues } from './use-run-values';
import { ZoneChangeTable } from './zone-change-table';

type PairProps = { projectId: string; runs: readonly Run[]; run: Run; agreement: Agreement; chosen: { a: string | null; b: string | null }; onChoose: (change: UrlChange) => void; stem: string };

/** Any two runs side by side, also on other features: where they agree, how zones change, and the samples that they rank most differently. */
export function PairSection({ projectId, runs, run, agreement, chosen, onChoose, stem }: PairProps) {
  const ready = runs.filter(({ state }) => state === 'ready');
  const a = ready.find(({ id }) => id === chosen.a) ?? run;
  const b = ready.find(({ id }) => id === chosen.b && id !== a.id) ?? (a.id === run.id ? (leastAgreeing(agreement, run.id)?.run ?? null) : run);
  const options = ready.map((one) => ({ value: one.id, label: longName(one) }));
  return (
    <Section
      title="Two runs"
      summary="Over the samples that both scored. Percentiles count the samples that a sample beats: 100 is the best. At first: the shown run, and the evaluator on the same features that agrees least with it."
    >
      {ready.length < 2 ? (
        <p className="text-muted">
          There is one run. <RunMore projectId={projectId} purpose="to compare it with another evaluator, or with other features" />
        </p>
      ) : (
        <>
          <div className="mb-4 grid grid-cols-2 gap-3 max-md:grid-cols-1">
            <Field label="Run A">
              {(control) => <Select {...control} value={a.id} onChange={(id) => onChoose({ a: id })} options={options.filter(({ value }) => value !== b?.id)} className="w-full" />}
            </Field>
            <Field label="Run B">
              {(control) => <Select {...control} value={b?.id ?? ''} onChange={(id) => onChoose({ b: id })} options={[...(b === null ? [{ value: '', label: 'Choose a run' }] : []), ...options.filter(({ value }) => value !== a.id)]} className="w-full" />}
            </Field>
          </div>
          {b !== null && <Pair key={`${a.id} ${b.id}`} projectId={projectId} a={a} b={b} stem={stem} />}
        </>
      )}
    </Section>
  );
}

/** "LAVA, fast · wavelet-scattering, seed 0 · 22 Nov 2026, 14:05". */
function longName(run: Run): string {
  return `${runTitle(run)} · ${run.modelName}, seed ${run.seed} · ${formatDateTime(run.createdAt)}`;
}

/** What tells the two apart: the manner of evaluation, and the features where these differ. */
function shortNames(a: Run, b: Run): readonly [string, string] {
  const differ = a.featureSetId !== b.featureSetId || runTitle(a) === runTitle(b);
  const nameOf = (run: Run, letter: string) => (differ ? `${runTitle(run)} on ${run.modelName} (${letter})` : runTitle(run));
  return [nameOf(a, 'A'), nameOf(b, 'B')];
}

function Pair({ projectId, a, b, stem }: { projectId: string; a: Run; b: Run; stem: string }) {
  const { values, error } = useRunValues(projectId, [a.id, b.id]);
  const [change, setChange] = useState<ZoneChange | null>(null);
  const names = useMemo(() => shortNames(a, b), [a, b]);
  const aligned = useMemo(() => {
    const present = values.filter((one) => one !== undefined);
    return present.length === 2 ? alignRuns(present) : null;
  }, [values]);
  if (error) return <ProblemNote title="The scores of a run could not be read" error={error} />;
  if (aligned === null) return <Skeleton className="h-96" />;
  if (aligned.rows === 0) return <p className="text-muted">No sample was scored by both runs.</p>;
  return (
    <div className="grid grid-cols-[minmax(0,380px)_minmax(0,1fr)] gap-6 max-lg:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-5">
        <PairFigure projectId={projectId} runId={a.id} aligned={aligned} names={names} stem={stem} />
        <ZoneChangeTable aligned={aligned} names={names} stem={stem} chosen={change} onChoose={setChange} />
      </div>
      <DisagreementList projectId={projectId} aligned={aligned} runs={[a, b]} names={names} change={change} onAll={() => setChange(null)} />
    </div>
  );
}
