'use client';

import { ArrowRight, ChartNoAxesColumn, RotateCcw, Undo2 } from 'lucide-react';
import Link from 'next/link';
import type { ReviewQueue } from '@/lib/api/contracts/review-queues';
import { countOf } from '@/lib/figures/format';
import { capsOf } from '@/lib/figures/keymap';
import { stagePath } from '../../frame/stages';
import { useAnnounce } from '../../ui/announcer';
import { Button, buttonClass } from '../../ui/button';
import { SittingCounts } from '../sitting-counts';
import { useKeyBindings, useKeymap } from '../use-keymap';
import { queueListPath, queueReportPath } from './queue-paths';
import { takenBackWords } from './queue-state';
import { verdictsOf } from './queue-store';
import type { QueueSitting } from './use-queue-store';

type QueueEndProps = { projectId: string; queue: ReviewQueue; sitting: QueueSitting; done: number; skippedLeft: boolean };

/** What came of a sitting when nothing is left to look at, and why nothing is. */
export function QueueEnd({ projectId, queue, sitting, done, skippedLeft }: QueueEndProps) {
  const { store, state } = sitting;
  const bindings = useKeyBindings();
  const undoCap = capsOf('undo', bindings);
  const closed = state.closed || queue.closedAt !== null;
  const announce = useAnnounce();
  const undo = () => announce(takenBackWords(store.undo()));
  useKeymap({ bindings, painted: true, choosingReason: false, actions: closed ? {} : { undo } });
  const left = queue.total - done;
  const words = wordsOf({ closed, saving: state.unsent > 0, left, skippedLeft, total: queue.total });
  const answers = verdictsOf(state);
  const count = (verdict: string) => answers.filter((one) => one.verdict === verdict).length;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-3xl flex-col gap-6 px-6 py-10 max-md:px-4 max-md:py-6">
        <div>
          <h2 className="text-title font-semibold">{state.items === null && !closed ? 'No items came' : words.title}</h2>
          <p className="text-muted">{state.items === null && !closed ? 'Why not stands above.' : words.explanation}</p>
        </div>
        <SittingCounts counts={[['Your answers', answers.length], ['Accepted', count('accepted')], ['Rejected', count('rejected')]]} />
        <div className="flex flex-wrap gap-2">
          {skippedLeft && (
            <Button size="sm" variant="primary" icon={RotateCcw} onClick={() => store.forgetSkipped()}>
              Look at skipped items again
            </Button>
          )}
          {!closed && left > 0 && !skippedLeft && (
            <Button size="sm" icon={RotateCcw} onClick={() => store.claim()}>
              Ask again now
            </Button>
          )}
          <Link href={queueReportPath(projectId, queue.id)} className={buttonClass(skippedLeft ? 'secondary' : 'primary', 'sm')}>
            <ChartNoAxesColumn aria-hidden className="size-4" />
            Report
          </Link>
          {!closed && state.steps.length > 0 && (
            <Button size="sm" icon={Undo2} {...(undoCap ? { shortcut: undoCap } : {})} onClick={undo}>
              Undo the last
            </Button>
          )}
          <Link href={queueListPath(projectId)} className={buttonClass('ghost', 'sm')}>
            All queues
          </Link>
          <Link href={stagePath(projectId, 'scores')} className={buttonClass('ghost', 'sm')}>
            Back to scores
            <ArrowRight aria-hidden className="size-4" />
          </Link>
        </div>
      </div>
    </div>
  );
}

type End = { closed: boolean; /** Answers are on their way. */ saving: boolean; left: number; skippedLeft: boolean; total: number };

function wordsOf({ closed, saving, left, skippedLeft, total }: End): { title: string; explanation: string } {
  if (closed) return { title: 'This queue is closed', explanation: 'Answers up to then are kept.' };
  if (saving) return { title: 'Saving your last answers', explanation: 'One moment: they are not all stored yet.' };
  if (left === 0) return { title: 'Every item is answered', explanation: `All ${countOf(total, 'item')} of the queue are done.` };
  const items = countOf(left, 'item');
  const are = left === 1 ? 'is' : 'are';
  if (skippedLeft) return { title: 'Only items that you skipped are left', explanation: `${items} of the queue ${are} open. Look again, or leave them to colleagues.` };
  return { title: 'Colleagues hold the last items', explanation: `${items} ${are} being looked at. What is not answered within 5 minutes comes to you; this page asks by itself.` };
}
