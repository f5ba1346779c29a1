'use client';

import type { ResultState } from '@/lib/api/contracts/common';
import { formatDateTime } from '@/lib/figures/format';
import { cn } from '../ui/cn';

/** A selection of models or prompts in the list of those that were made. */
export type PastSelection = {
  readonly id: string;
  readonly state: ResultState;
  /** What was picked; null where there is no result. */
  readonly picked: string | null;
  readonly settings: string;
  readonly createdAt: string;
  readonly createdBy: string | null;
};

const states: Record<ResultState, string> = { pending: 'Running', ready: 'Ready', failed: 'Failed', cancelled: 'Cancelled' };

/** Selections that were made; they never change, so that each can be come back to. */
export function PastSelections({ selections, shownId, onShow }: { selections: readonly PastSelection[]; shownId: string | undefined; onShow: (id: string) => void }) {
  if (selections.length === 0) return null;
  return (
    <section aria-label="Past selections" className="border-t border-line pt-4">
      <h2 className="mb-1 text-lead font-semibold">Past selections</h2>
      <ul className="-mx-2 flex max-h-80 flex-col overflow-y-auto">
        {selections.map(({ id, state, picked, settings, createdAt, createdBy }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === shownId ? 'true' : undefined}
              onClick={() => onShow(id)}
              className={cn('w-full rounded-md px-2 py-1.5 text-left focus-visible:outline-offset-[-2px]', id === shownId ? 'bg-selected' : 'hover:bg-hover')}
            >
              <span className="block font-medium">{picked ?? states[state]}</span>
              <span className="block text-small text-muted">{settings}</span>
              <span className="block text-small text-muted">
                {formatDateTime(createdAt)}
                {createdBy !== null && ` by ${createdBy}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
