'use client';

import { Check, CircleDashed, OctagonAlert } from 'lucide-react';
import { formatBytes } from '@/lib/figures/format';
import { Progress } from '../ui/progress';
import { VirtualList } from '../ui/virtual-list';
import type { ItemState, UploadItem } from './engine-types';

const words: Record<ItemState, string> = {
  waiting: 'waiting',
  hashing: 'being checked',
  queued: 'next',
  sending: 'sending',
  sent: 'sent',
  refused: 'refused',
  failed: 'not sent',
  cancelled: 'cancelled',
};

const order: Record<ItemState, number> = { sending: 0, failed: 1, refused: 2, queued: 3, hashing: 4, waiting: 5, sent: 6, cancelled: 7 };

/** Every file of the upload with its progress; what moves or failed comes first. Only the visible lines exist. */
export function UploadFiles({ items }: { items: readonly UploadItem[] }) {
  const sorted = [...items].sort((a, b) => order[a.state] - order[b.state]);
  return (
    <VirtualList count={sorted.length} rowHeight={36} label="Files" className="h-64 border-y border-line">
      {(index) => {
        const item = sorted[index];
        return item === undefined ? null : <FileLine item={item} />;
      }}
    </VirtualList>
  );
}

function FileLine({ item }: { item: UploadItem }) {
  const failed = item.state === 'failed' || item.state === 'refused';
  return (
    <div className="flex h-9 items-center gap-2 border-b border-line">
      {failed ? <OctagonAlert aria-hidden className="size-4 shrink-0 text-danger" /> : item.state === 'sent' ? <Check aria-hidden className="size-4 shrink-0 text-muted" /> : <CircleDashed aria-hidden className="size-4 shrink-0 text-faint" />}
      <span className="min-w-0 flex-1 truncate" title={item.path}>
        {item.path}
        {item.reason !== null && (
          <span className="ml-2 text-small text-muted" title={item.reason}>
            {item.reason}
          </span>
        )}
      </span>
      {item.state === 'sending' ? (
        <span className="w-16">
          <Progress value={item.bytes === 0 ? 0 : item.sentBytes / item.bytes} label={`${item.path}: sent`} />
        </span>
      ) : (
        <span className="text-small text-muted">{item.wasThere ? 'there already' : words[item.state]}</span>
      )}
      <span className="w-16 text-right text-small text-faint">{item.bytes > 0 ? formatBytes(item.bytes) : ''}</span>
    </div>
  );
}
