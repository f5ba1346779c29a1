'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import type { ReviewOrder } from '@/lib/api/contracts/review-queues';
import { countOf, formatPercent } from '@/lib/figures/format';
import { useExportCount } from '../../exports/use-exports';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/checkbox';
import { Dialog } from '../../ui/dialog';
import { Field, InputField } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { Select } from '../../ui/select';
import { queuePath } from './queue-paths';
import type { QueueWish } from './start-queue';
import { useStartReviewQueue } from './use-queues';

const orders: readonly { value: ReviewOrder; label: string }[] = [
  { value: 'quality', label: 'Highest quality first' },
  { value: 'uncertain', label: 'Most uncertain score first' },
  { value: 'random', label: 'Shuffled' },
  { value: 'given', label: 'As imported' },
];
const shares = ['0.05', '0.1', '0.2', '0.3'] as const;
/** '0': no controls. */
type Share = '0' | (typeof shares)[number];

/** Name, order, size and controls of a new queue. */
export function StartDialog({ projectId, wish, onClose }: { projectId: string; wish: QueueWish; onClose: () => void }) {
  const router = useRouter();
  const start = useStartReviewQueue(projectId);
  const [name, setName] = useState('');
  const [order, setOrder] = useState<ReviewOrder>(wish.runId === null ? 'given' : 'quality');
  const [openOnly, setOpenOnly] = useState(true);
  const [size, setSize] = useState('');
  const [share, setShare] = useState<Share>('0');
  const rule = { runId: wish.runId, filter: filterOf(wish.filter, openOnly) };
  const count = useExportCount(projectId, rule, true);
  const wanted = size.trim() === '' ? null : Number(size);
  const sizeError = wanted !== null && !(Number.isInteger(wanted) && wanted >= 1) ? 'A whole number of at least 1, or nothing for all.' : undefined;
  const samples = count.data === undefined ? null : Math.min(count.data, wanted ?? count.data);
  const begin = () =>
    start.mutate(
      { name: name.trim() === '' ? nameOf(order, openOnly) : name.trim(), source: { rule }, runId: wish.runId, order, size: wanted, controlShare: Number(share) },
      { onSuccess: ({ id }) => router.push(queuePath(projectId, id)) },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Start a queue"
      description="Several people work on it at the same time, and nobody gets an item that a colleague has."
      footer={
        <Button variant="primary" busy={start.isPending} disabled={samples === null || samples === 0 || sizeError !== undefined} onClick={begin}>
          {samples === null ? 'Start' : `Start with ${countOf(samples, 'sample')}`}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <InputField label="Name" value={name} maxLength={120} placeholder={nameOf(order, openOnly)} onChange={(event) => setName(event.target.value)} />
        <Checkbox checked={openOnly} onChange={setOpenOnly} label="Only samples that are not accepted or rejected yet" />
        <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <Field label="Order">
            {(control) => <Select {...control} value={order} onChange={setOrder} options={wish.runId === null ? orders.filter(({ value }) => value === 'random' || value === 'given') : orders} />}
          </Field>
          <InputField label="At most" inputMode="numeric" placeholder="all" value={size} error={sizeError} onChange={(event) => setSize(event.target.value)} />
        </div>
        <ControlsChoice share={share} onShare={setShare} />
        {count.data === 0 && <p role="status">Nothing of this filter is left to review.</p>}
        {(start.error ?? count.error) && <ProblemNote error={start.error ?? count.error} />}
      </div>
    </Dialog>
  );
}

/** Whether controls are hidden among the items, and how many. */
function ControlsChoice({ share, onShare }: { share: Share; onShare: (share: Share) => void }) {
  return (
    <fieldset className="flex flex-col gap-2 border-t border-line pt-3">
      <legend className="sr-only">Hidden controls</legend>
      <Checkbox checked={share !== '0'} onChange={(on) => onShare(on ? '0.1' : '0')} label="Hide controls among the items" />
      <p className="text-small text-muted">
        Real anomalies and normals are mixed in unseen: whoever accepts the former and rejects the latter judges well, and the report says so for each reviewer. Answers to controls never become decisions. Names, scores and overlays are hidden in such a queue.
      </p>
      {share !== '0' && (
        <Field label="Share of controls">
          {(control) => <Select {...control} className="w-40" value={share} onChange={onShare} options={shares.map((value) => ({ value, label: formatPercent(Number(value)) }))} />}
        </Field>
      )}
    </fieldset>
  );
}

/** The filter of the page as a queue follows it: auxiliary samples, and of those the open ones unless decided ones are wanted too. */
function filterOf({ verdicts, reasons, ...filter }: RankingFilter, openOnly: boolean): RankingFilter {
  const kept = { ...filter, roles: ['auxiliary' as const] };
  if (openOnly) return { ...kept, verdicts: [null, 'skipped'] };
  return { ...kept, ...(verdicts === undefined ? {} : { verdicts }), ...(reasons === undefined ? {} : { reasons }) };
}

function nameOf(order: ReviewOrder, openOnly: boolean): string {
  const words = { quality: 'by quality', uncertain: 'most uncertain first', random: 'shuffled', given: 'as imported' } as const;
  return `${openOnly ? 'Undecided' : 'Samples'} ${words[order]}`;
}
