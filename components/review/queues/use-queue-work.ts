'use client';

import { useCallback, useRef, useState } from 'react';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import type { ReviewItem } from '@/lib/api/contracts/review-queues';
import { useAnnounce } from '../../ui/announcer';
import { reasonLabel, verdicts } from '../../ui/verdict-mark';
import type { Work } from '../use-sample-work';
import { decisionClock, measurePainted } from './decision-timing';
import { takenBackWords } from './queue-state';
import type { QueueSitting } from './use-queue-store';

/**
 * What a person does with the item in front of them: look, answer, undo. The same verbs as without a queue.
 * @param progress how far the queue is with so many more answers, in words
 */
export function useQueueWork({ store, state }: QueueSitting, item: ReviewItem, progress: (more: number) => string): Work {
  const { sampleId } = item;
  const [flipped, setFlipped] = useState(false);
  const [overlay, setOverlay] = useState<Work['overlay']>('none');
  const [choosingFor, setChoosingFor] = useState<string | null>(null);
  const [seen, setSeen] = useState<{ id: string; at: number } | null>(null);
  const zoomRef = useRef<(() => void) | null>(null);
  const overlayRef = useRef<(() => void) | null>(null);
  const announce = useAnnounce();
  const ready = seen !== null && seen.id === sampleId;

  const answer = (verdict: Verdict, reason: RejectReason | null) => {
    if (!ready) return;
    const now = decisionClock();
    setChoosingFor(null);
    setFlipped(false);
    setSeen(null);
    store.answer(verdict, reason, now - seen.at);
    measurePainted(now);
    announce(`Item ${item.position} ${verdicts[verdict].label.toLowerCase()}${reason ? `, ${reasonLabel(reason).toLowerCase()}` : ''}. ${progress(verdict === 'skipped' ? 0 : 1)}.`);
  };
  const undo = () => {
    setChoosingFor(null);
    announce(takenBackWords(store.undo()));
  };
  return {
    shown: { verdict: null, reason: null },
    flipped,
    setFlipped,
    overlay,
    setOverlay,
    choosingReason: ready && choosingFor === item.id,
    painted: ready,
    ready,
    markPainted: useCallback((id: string) => setSeen((last) => (last?.id === id ? last : { id, at: decisionClock() })), []),
    zoomRef,
    overlayRef,
    undoable: state.steps.length > 0,
    accept: () => answer('accepted', null),
    reject: () => ready && setChoosingFor((last) => (last === item.id ? null : item.id)),
    rejectFor: (reason: RejectReason) => answer('rejected', reason),
    skip: () => answer('skipped', null),
    undo,
    cancel: () => setChoosingFor(null),
    notPainted: () => announce('Wait until the image is shown.'),
  };
}
