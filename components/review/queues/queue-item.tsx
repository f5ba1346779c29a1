'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReviewItem, ReviewQueue } from '@/lib/api/contracts/review-queues';
import type { Run, Score } from '@/lib/api/contracts/runs';
import { formatUnit } from '@/lib/figures/format';
import { capsOf, type KeyBindings } from '@/lib/figures/keymap';
import { imageUrl, preloadImages } from '../../score/sample-images';
import { sampleRowQuery, useSampleRow } from '../../score/use-sample-row';
import { useRuns } from '../../score/use-runs';
import { useWhy, whyQuery } from '../../score/use-why';
import { Button } from '../../ui/button';
import { useIsVector } from '../../vector/use-vectors';
import { VectorViewer } from '../../vector/vector-viewer';
import { DecisionBar } from '../decision-bar';
import { WhyLine } from '../review-sample';
import { SampleViewer } from '../sample-viewer';
import { SampleWorkView } from '../sample-work-view';
import { useFlip } from '../use-flip';
import { useKeyBindings, useKeymap } from '../use-keymap';
import { workActions, type Work } from '../use-sample-work';
import { QueueWhy } from './queue-why';
import type { QueueSitting } from './use-queue-store';
import { useQueueWork } from './use-queue-work';

type QueueItemProps = { projectId: string; queue: ReviewQueue; sitting: QueueSitting; item: ReviewItem; ahead: readonly ReviewItem[]; progress: (more: number) => string };

/** The item that is looked at, and the verbs. Where controls are hidden nothing but the image is shown: any number or name would tell them. */
export function QueueItem({ projectId, queue, sitting, item, ahead, progress }: QueueItemProps) {
  const bindings = useKeyBindings();
  const [whyOpen, setWhyOpen] = useState(false);
  const work = useQueueWork(sitting, item, progress);
  const isVector = useIsVector(projectId);
  const runs = useRuns(projectId);
  const run = queue.blind ? null : (runs.data?.find(({ id }) => id === queue.runId) ?? null);
  useReadAhead(projectId, queue, ahead, isVector);
  // An image that never comes must not hold up the queue: "next" passes on whether it is painted or not.
  const pass = () => sitting.store.answer('skipped', null, 0);
  const { flip, mask, ...verbs } = workActions(work);
  useKeymap({
    bindings,
    painted: work.painted,
    choosingReason: work.choosingReason,
    actions: { ...verbs, ...(queue.blind ? {} : { flip, mask, why: () => setWhyOpen((open) => !open) }), next: pass },
    onReason: work.rejectFor,
    onNotPainted: work.notPainted,
    onFlipEnd: () => work.setFlipped(false),
  });
  const shared = { projectId, item, work, bindings, isVector };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {!work.painted && <Stuck key={item.id} onPass={pass} />}
      {queue.blind ? <BlindItem {...shared} /> : <SeenItem projectId={projectId} item={item} work={work} bindings={bindings} run={run} whyOpen={whyOpen} onWhy={setWhyOpen} />}
    </div>
  );
}

type ViewProps = { projectId: string; item: ReviewItem; work: Work; bindings: KeyBindings; isVector: boolean | null };

function BlindItem({ projectId, item: { sampleId, position }, work, bindings, isVector }: ViewProps) {
  const name = `Item ${position}`;
  const shared = { projectId, sampleId, target: null, flipped: false, onFlip: ignore, onPainted: work.markPainted, onSwipe: swipeOf(work), toolbar: <span className="truncate font-medium">{name}</span> };
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {isVector === true && <VectorViewer {...shared} flipCap={null} />}
      {isVector === false && (
        <SampleViewer
          {...shared}
          bare
          fileName={name}
          hasMask={false}
          featureSetId={null}
          overlay="none"
          painted={work.painted}
          onOverlay={ignore}
          zoomRef={work.zoomRef}
          overlayRef={work.overlayRef}
          caps={{ flip: null, mask: null, zoom: capsOf('zoom', bindings) }}
        />
      )}
      {isVector === null && <div className="min-h-0 flex-1 bg-sunken" />}
      <Verbs work={work} bindings={bindings} />
    </div>
  );
}

type SeenProps = Omit<ViewProps, 'isVector'> & { run: Run | null; whyOpen: boolean; onWhy: (open: boolean) => void };

/** With its name, the score in one line and what can be laid over it. */
function SeenItem({ projectId, item: { sampleId }, work, bindings, run, whyOpen, onWhy }: SeenProps) {
  const why = useWhy(projectId, run?.id ?? null, sampleId, run !== null);
  const score: Score | undefined = why.data?.sampleId === sampleId ? why.data : undefined;
  const flip = useFlip(score, sampleId);
  const { data: sample } = useSampleRow(projectId, sampleId);
  return (
    <div className="relative flex min-h-0 flex-1">
      <SampleWorkView
        projectId={projectId}
        sampleId={sampleId}
        target={flip.target}
        featureSetId={run?.featureSetId ?? null}
        work={work}
        bindings={bindings}
        judged
        swipes
        toolbar={<span className="truncate font-medium">{sample?.fileName ?? 'Sample'}</span>}
      >
        {run !== null && <ScoreLine score={score} run={run} open={whyOpen} onOpen={onWhy} cap={capsOf('why', bindings)} />}
      </SampleWorkView>
      {whyOpen && run !== null && <QueueWhy projectId={projectId} sampleId={sampleId} runId={run.id} why={why} flip={flip} />}
    </div>
  );
}

function ScoreLine({ score, ...rest }: { score: Score | undefined; run: Run; open: boolean; onOpen: (open: boolean) => void; cap: string | null }) {
  return <WhyLine score={score} quality={score === undefined ? '' : formatUnit(score.quality)} zone={score?.zone ?? null} {...rest} />;
}

function Verbs({ work, bindings }: { work: Work; bindings: KeyBindings }) {
  const { shown, choosingReason, ready, undoable, accept, reject, rejectFor, skip, undo } = work;
  return <DecisionBar bindings={bindings} shown={shown} choosingReason={choosingReason} ready={ready} undoable={undoable} onAccept={accept} onReject={reject} onReason={rejectFor} onSkip={skip} onUndo={undo} />;
}

/** Offers to pass on an image that has not come for some seconds. */
function Stuck({ onPass }: { onPass: () => void }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 4_000);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <p role="status" className="absolute inset-x-0 top-11 z-10 mx-auto flex w-fit items-center gap-3 rounded-md border border-line bg-raised px-3 py-1.5 shadow-float">
      Still waiting for the image.
      <Button size="sm" onClick={onPass}>
        Skip it
      </Button>
    </p>
  );
}

const ignore = (): void => undefined;
const swipeOf = (work: Work) => (direction: 'left' | 'right') => (direction === 'right' ? work.accept() : work.reject());

/** So many of the next items have their rows before more are asked for. */
const rowsInHand = 2;

/** What the next items need is fetched while this one is looked at; of a queue with controls only what it shows. */
function useReadAhead(projectId: string, { blind, runId }: ReviewQueue, ahead: readonly ReviewItem[], isVector: boolean | null): void {
  const client = useQueryClient();
  const ids = ahead.map(({ sampleId }) => sampleId).join();
  useEffect(() => {
    if (ids === '' || isVector === null) return;
    const samples = ids.split(',');
    if (!isVector) preloadImages(samples.map((id) => imageUrl(projectId, id, 'view')));
    if (blind && !isVector) return;
    if (!blind && runId !== null) for (const id of samples) void client.query(whyQuery(projectId, runId, id)).catch(ignore);
    // Every answer brings one more item: rows are asked for together, before the last one that is known comes to be looked at.
    const rows = samples.map((id) => sampleRowQuery(client, projectId, id));
    if (rows.slice(0, rowsInHand).every(({ queryKey }) => client.getQueryState(queryKey) !== undefined)) return;
    for (const row of rows) void client.query(row).catch(ignore);
  }, [client, projectId, blind, runId, ids, isVector]);
}
