'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { Run, Score } from '@/lib/api/contracts/runs';
import { explainScore } from '@/lib/figures/explain-score';
import { capsOf } from '@/lib/figures/keymap';
import { zoneNames, type ScoreTable } from '@/lib/figures/score-table';
import { qualityFormat } from '@/lib/figures/table-columns';
import type { ShownVerdict } from '@/lib/figures/verdicts';
import { imageUrl, preloadImages } from '../score/sample-images';
import { sampleRowQuery, useSampleRow } from '../score/use-sample-row';
import { useWhy, whyQuery } from '../score/use-why';
import { WhyPane } from '../score/why-pane';
import { useIsVector, vectorQuery } from '../vector/use-vectors';
import { cn } from '../ui/cn';
import { Kbd } from '../ui/kbd';
import { ZoneMark } from '../ui/zone-mark';
import { standing } from './refusal-note';
import type { SessionProps } from './review-session';
import { ReviewStrip } from './review-strip';
import { SampleWorkView } from './sample-work-view';
import { useFlip } from './use-flip';
import { useKeyBindings, useKeymap } from './use-keymap';
import type { ReviewQueue } from './use-review-queue';
import { useSampleWork, workActions } from './use-sample-work';

type ReviewSampleProps = Omit<SessionProps, 'view'> & { row: number; review: ReviewQueue; onDecided: () => void; onLook: (sampleId: string) => void };

/** The sample of the queue that is looked at: large, with its score in one line, the verbs and what comes next. */
export function ReviewSample({ projectId, role, run, table, row, review, decisions, onView, onDecided, onLook }: ReviewSampleProps) {
  const bindings = useKeyBindings();
  const [whyOpen, setWhyOpen] = useState(false);
  const sampleId = table.ids[row]!;
  const why = useWhy(projectId, run.id, sampleId, true);
  const score = why.data?.sampleId === sampleId ? why.data : undefined;
  const flip = useFlip(score, sampleId);
  const { data: sample } = useSampleRow(projectId, sampleId);
  const fileName = sample?.fileName ?? 'Sample';
  const mayDecide = role !== 'viewer';
  const work = useSampleWork({
    decisions,
    sampleId,
    name: fileName,
    runId: run.id,
    mayDecide,
    onDecided: () => {
      onDecided();
      review.advance();
    },
    onUndone: onLook,
  });
  useReadAhead(projectId, run.id, table, review, useIsVector(projectId));
  useEffect(() => onView({ selected: sampleId }), [onView, sampleId]);
  useKeymap({
    bindings,
    painted: work.painted,
    choosingReason: work.choosingReason,
    actions: {
      ...workActions(work),
      next: () => review.go(review.position + 1),
      previous: () => review.go(review.position - 1),
      why: () => setWhyOpen((open) => !open),
    },
    onReason: work.rejectFor,
    onNotPainted: work.notPainted,
    onFlipEnd: () => work.setFlipped(false),
  });
  return (
    <div className="relative flex min-h-0 flex-1">
      <SampleWorkView
        projectId={projectId}
        sampleId={sampleId}
        target={flip.target}
        featureSetId={run.featureSetId}
        work={work}
        bindings={bindings}
        judged={mayDecide}
        notJudged="You may look but not decide in this project."
        swipes
        toolbar={<SampleName fileName={fileName} shown={work.shown} state={decisions.states.get(sampleId)} />}
      >
        <WhyLine score={score} quality={qualityFormat(table)(table.quality[row]!)} zone={zoneNames[table.zone[row]!] ?? null} run={run} open={whyOpen} onOpen={setWhyOpen} cap={capsOf('why', bindings)} />
        <ReviewStrip projectId={projectId} table={table} review={review} />
      </SampleWorkView>
      {whyOpen && (
        <aside aria-label="Why" className="flex min-h-0 w-[340px] shrink-0 flex-col border-l border-line max-md:absolute max-md:inset-x-0 max-md:top-9 max-md:bottom-54 max-md:z-20 max-md:w-auto max-md:border-l-0 max-md:bg-raised">
          <WhyPane projectId={projectId} sampleId={sampleId} run={run} table={table} why={why} scored flip={flip} />
        </aside>
      )}
    </div>
  );
}

/** The file, and who decided on it already. */
function SampleName({ fileName, shown, state }: { fileName: string; shown: ShownVerdict; state: SampleState | undefined }) {
  return (
    <>
      <span className="truncate font-medium" title={fileName}>
        {fileName}
      </span>
      {state?.verdict && shown.verdict === state.verdict && <span className="truncate text-muted">{standing(state)}</span>}
    </>
  );
}

type WhyLineProps = { score: Score | undefined; quality: string; zone: (typeof zoneNames)[number]; run: Run; open: boolean; onOpen: (open: boolean) => void; cap: string | null };

/** The why card folded to one line. */
export function WhyLine({ score, quality, zone, run, open, onOpen, cap }: WhyLineProps) {
  const Icon = open ? ChevronDown : ChevronUp;
  return (
    <button type="button" aria-expanded={open} onClick={() => onOpen(!open)} className="flex h-9 w-full shrink-0 items-center gap-2 border-t border-line px-3 text-left hover:bg-hover">
      <span className="font-medium">{quality}</span>
      {zone && <ZoneMark zone={zone} />}
      <span className={cn('min-w-0 flex-1 truncate', !score && 'text-muted')}>{score ? explainScore(score, run).headline : '…'}</span>
      {cap && <Kbd className="max-md:hidden pointer-coarse:hidden">{cap}</Kbd>}
      <Icon aria-hidden className="size-4 text-muted" />
    </button>
  );
}

/** Images or values, names and reasons of the next samples are fetched while this one is looked at; what fails here is asked for again when it is needed. */
function useReadAhead(projectId: string, runId: string, table: ScoreTable, { queue, next }: ReviewQueue, isVector: boolean | null): void {
  const client = useQueryClient();
  const ids = next.map((position) => table.ids[queue[position]!]!).join();
  useEffect(() => {
    if (ids === '' || isVector === null) return;
    const samples = ids.split(',');
    if (!isVector) preloadImages(samples.map((id) => imageUrl(projectId, id, 'view')));
    for (const id of samples) {
      void client.query(sampleRowQuery(client, projectId, id)).catch(() => undefined);
      void client.query(whyQuery(projectId, runId, id)).then(({ nearestNormal }) => {
        if (nearestNormal === null) return;
        if (isVector) void client.query(vectorQuery(projectId, nearestNormal.sampleId)).catch(() => undefined);
        else preloadImages([imageUrl(projectId, nearestNormal.sampleId, 'view')]);
      }, () => undefined);
    }
  }, [client, projectId, runId, ids, isVector]);
}
