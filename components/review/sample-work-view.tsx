'use client';

import type { ReactNode } from 'react';
import type { FlipTarget } from '@/lib/figures/flip-target';
import { capsOf, type KeyBindings } from '@/lib/figures/keymap';
import { useSampleRow } from '../score/use-sample-row';
import { useIsVector } from '../vector/use-vectors';
import { VectorViewer } from '../vector/vector-viewer';
import { DecisionBar } from './decision-bar';
import { SampleViewer } from './sample-viewer';
import type { Work } from './use-sample-work';

type SampleWorkViewProps = {
  projectId: string;
  sampleId: string;
  /** What the sample is flipped to. */
  target: FlipTarget | null;
  /** Feature set of the run that is looked at. */
  featureSetId: string | null;
  work: Work;
  bindings: KeyBindings;
  /** False for samples that are not judged (normals, real anomalies) and for viewers. */
  judged: boolean;
  notJudged?: string;
  toolbar?: ReactNode;
  /** Swipe right accepts, left asks for the reason of a rejection. */
  swipes?: boolean;
  children?: ReactNode;
};

/** The sample large, and below it the verbs. `children` stand between the two. */
export function SampleWorkView({ projectId, sampleId, target, featureSetId, work, bindings, judged, notJudged, toolbar, swipes = false, children }: SampleWorkViewProps) {
  const { data: row } = useSampleRow(projectId, sampleId);
  const isVector = useIsVector(projectId);
  const onSwipe = swipes && judged ? (direction: 'left' | 'right') => (direction === 'right' ? work.accept() : work.reject()) : undefined;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {isVector && (
        <VectorViewer
          projectId={projectId}
          sampleId={sampleId}
          target={target}
          flipped={work.flipped}
          onFlip={work.setFlipped}
          onPainted={work.markPainted}
          flipCap={capsOf('flip', bindings)}
          toolbar={toolbar}
          onSwipe={onSwipe}
        />
      )}
      {isVector === false && (
        <SampleViewer
          projectId={projectId}
          sampleId={sampleId}
          fileName={row?.fileName ?? 'Sample'}
          hasMask={row?.hasMask ?? false}
          target={target}
          flipped={work.flipped}
          featureSetId={featureSetId}
          overlay={work.overlay}
          painted={work.painted}
          onFlip={work.setFlipped}
          onOverlay={work.setOverlay}
          onPainted={work.markPainted}
          zoomRef={work.zoomRef}
          overlayRef={work.overlayRef}
          caps={{ flip: capsOf('flip', bindings), mask: capsOf('mask', bindings), zoom: capsOf('zoom', bindings) }}
          toolbar={toolbar}
          {...(onSwipe ? { onSwipe } : {})}
        />
      )}
      {isVector === null && <div className="min-h-0 flex-1 bg-sunken" />}
      {children}
      {judged ? (
        <DecisionBar
          bindings={bindings}
          shown={work.shown}
          choosingReason={work.choosingReason}
          ready={work.ready}
          undoable={work.undoable}
          onAccept={work.accept}
          onReject={work.reject}
          onReason={work.rejectFor}
          onSkip={work.skip}
          onUndo={work.undo}
        />
      ) : (
        <p className="flex h-16 shrink-0 items-center justify-center border-t border-line bg-surface px-4 text-center text-muted">{notJudged}</p>
      )}
    </div>
  );
}
