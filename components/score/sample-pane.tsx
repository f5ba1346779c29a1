'use client';

import { MapPin } from 'lucide-react';
import Link from 'next/link';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { FlipTarget } from '@/lib/figures/flip-target';
import { formatCount } from '@/lib/figures/format';
import type { KeyBindings } from '@/lib/figures/keymap';
import { roleNames, type ScoreTable } from '@/lib/figures/score-table';
import type { ShownVerdict } from '@/lib/figures/verdicts';
import { stagePath } from '../frame/stages';
import { standing } from '../review/refusal-note';
import { SampleWorkView } from '../review/sample-work-view';
import type { Work } from '../review/use-sample-work';
import { SampleTags } from '../samples/sample-tags';
import { RoleMark } from '../ui/role-mark';
import { VerdictMark, reasonLabel } from '../ui/verdict-mark';
import { useSampleRow } from './use-sample-row';

type SamplePaneProps = {
  projectId: string;
  sampleId: string | null;
  runId: string;
  featureSetId: string;
  table: ScoreTable;
  row: number | null;
  position: number;
  total: number;
  /** What the sample is flipped to. */
  target: FlipTarget | null;
  work: Work;
  bindings: KeyBindings;
  mayDecide: boolean;
  states: ReadonlyMap<string, SampleState>;
};

/** The selected sample large, who decided what on it, and the verbs. */
export function SamplePane({ projectId, sampleId, runId, featureSetId, table, row, position, total, target, work, bindings, mayDecide, states }: SamplePaneProps) {
  const { data: sample } = useSampleRow(projectId, sampleId);
  if (sampleId === null || row === null) return <p className="m-auto p-6 text-muted">Choose a sample in the ranking.</p>;
  const role = roleNames[table.role[row]!]!;
  return (
    <SampleWorkView
      projectId={projectId}
      sampleId={sampleId}
      target={target}
      featureSetId={featureSetId}
      work={work}
      bindings={bindings}
      judged={mayDecide}
      notJudged={role === 'auxiliary' ? 'You may look but not decide in this project.' : 'Only auxiliary samples are accepted or rejected.'}
      toolbar={
        <>
          <RoleMark role={role} />
          <span className="truncate font-medium" title={sample?.fileName}>
            {sample?.fileName ?? '…'}
          </span>
          {sample?.defectType && <span className="truncate text-muted max-xl:hidden">{sample.defectType}</span>}
        </>
      }
    >
      <div className="shrink-0 border-t border-line px-3 py-1">
        <SampleTags projectId={projectId} sampleId={sampleId} />
      </div>
      <StatusLine shown={work.shown} state={states.get(sampleId)} place={position >= 0 ? `${formatCount(position + 1)} of ${formatCount(total)}` : 'outside the filter'} mapPath={`${stagePath(projectId, 'map')}?run=${runId}&sample=${sampleId}`} />
    </SampleWorkView>
  );
}

/** What was decided on the sample, by whom, where it stands in the ranking, and the way to it on the map. */
function StatusLine({ shown: { verdict, reason }, state, place, mapPath }: { shown: ShownVerdict; state: SampleState | undefined; place: string; mapPath: string }) {
  return (
    <p className="flex h-8 shrink-0 items-center gap-2 border-t border-line px-3 text-small text-muted">
      {verdict ? <VerdictMark verdict={verdict} label /> : <span>Undecided</span>}
      {reason && <span>{reasonLabel(reason)}</span>}
      <span className="min-w-0 flex-1 truncate">{state?.verdict && state.verdict === verdict ? standing(state) : ''}</span>
      <span className="shrink-0">{place}</span>
      <Link href={mapPath} title="Show this sample on the map" aria-label="Show this sample on the map" className="inline-flex size-7 shrink-0 items-center justify-center rounded-md hover:bg-hover hover:text-ink max-md:size-8">
        <MapPin aria-hidden className="size-4" />
      </Link>
    </p>
  );
}
