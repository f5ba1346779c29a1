'use client';

import { useCallback, useRef, useState } from 'react';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import { shownVerdict } from '@/lib/figures/decision-log';
import type { Overlay } from '@/lib/figures/overlays';
import { useAnnounce } from '../ui/announcer';
import { reasonLabel, verdicts } from '../ui/verdict-mark';
import type { Decisions } from './use-decisions';
import { useUndo } from './use-undo';

type SampleWork = {
  readonly decisions: Decisions;
  readonly sampleId: string | null;
  /** Said after a decision, so that one who does not see the screen knows what was decided. */
  readonly name: string;
  readonly runId: string | null;
  /** Only auxiliary samples are judged, and only by those who may. */
  readonly mayDecide: boolean;
  /** Called before a decision is taken: what is the next sample is known only now. */
  readonly onDecided: (sampleId: string) => void;
  readonly onUndone: (sampleId: string) => void;
};

/** What a person does with the sample in front of them: look (flip, mask), decide, undo. */
export function useSampleWork({ decisions, sampleId, name, runId, mayDecide, onDecided, onUndone }: SampleWork) {
  const { store, log, states } = decisions;
  const [flipped, setFlipped] = useState(false);
  const [overlay, setOverlay] = useState<Overlay>('none');
  const [choosingFor, setChoosingFor] = useState<string | null>(null);
  const [paintedId, setPaintedId] = useState<string | null>(null);
  const zoomRef = useRef<(() => void) | null>(null);
  const overlayRef = useRef<(() => void) | null>(null);
  const announce = useAnnounce();
  const takeBack = useUndo(store);
  const painted = sampleId !== null && paintedId === sampleId;
  const ready = painted && mayDecide && decisions.loaded;

  const decide = (verdict: Verdict, reason: RejectReason | null) => {
    if (!ready || sampleId === null) return;
    setChoosingFor(null);
    setFlipped(false);
    onDecided(sampleId);
    store.decide(sampleId, verdict, reason, runId);
    announce(`${name} ${verdicts[verdict].label.toLowerCase()}${reason ? `, ${reasonLabel(reason).toLowerCase()}` : ''}.`);
  };
  const undo = () => {
    const undone = takeBack();
    setChoosingFor(null);
    if (undone !== null && undone.sampleId !== null) onUndone(undone.sampleId);
  };
  const notPainted = () => {
    if (mayDecide) announce('Wait until the image is shown.');
  };
  const markPainted = useCallback((id: string) => setPaintedId(id), []);
  return {
    shown: sampleId === null ? { verdict: null, reason: null } : shownVerdict(log, states, sampleId),
    flipped,
    setFlipped,
    overlay,
    setOverlay,
    choosingReason: ready && choosingFor === sampleId,
    painted,
    ready,
    markPainted,
    zoomRef,
    overlayRef,
    undoable: log.undoStack.length > 0,
    accept: () => decide('accepted', null),
    reject: () => ready && setChoosingFor((last) => (last === sampleId ? null : sampleId)),
    rejectFor: (reason: RejectReason) => decide('rejected', reason),
    skip: () => decide('skipped', null),
    undo,
    cancel: () => setChoosingFor(null),
    notPainted,
  };
}

export type Work = ReturnType<typeof useSampleWork>;

/** What the keys do with a sample; moving on is the page's own. */
export function workActions(work: Work) {
  return {
    accept: work.accept,
    reject: work.reject,
    skip: work.skip,
    undo: work.undo,
    flip: () => work.setFlipped(true),
    mask: () => work.overlayRef.current?.(),
    zoom: () => work.zoomRef.current?.(),
    ...(work.choosingReason ? { cancel: work.cancel } : {}),
  };
}
