'use client';

import type { ModelSelection } from '@/lib/api/contracts/selections';
import { formatDateTime, formatUnit } from '@/lib/figures/format';
import { candidateNames } from '@/lib/figures/selection/model-lines';
import { settingsLine } from '@/lib/figures/selection/model-words';
import { cn } from '../../ui/cn';

/** Selections that were made; they never change, so that each can be come back to. */
export function PastSelections({ selections, shownId, onShow }: { selections: readonly ModelSelection[]; shownId: string | undefined; onShow: (id: string) => void }) {
  if (selections.length === 0) return null;
  return (
    <section aria-label="Past selections" className="border-t border-line pt-4">
      <h2 className="mb-1 text-lead font-semibold">Past selections</h2>
      <ul className="-mx-2 flex max-h-80 flex-col overflow-y-auto">
        {selections.map((selection) => (
          <li key={selection.id}>
            <button
              type="button"
              aria-current={selection.id === shownId ? 'true' : undefined}
              onClick={() => onShow(selection.id)}
              className={cn('w-full rounded-md px-2 py-1.5 text-left focus-visible:outline-offset-[-2px]', selection.id === shownId ? 'bg-selected' : 'hover:bg-hover')}
            >
              <span className="block font-medium">{outcome(selection)}</span>
              <span className="block text-small text-muted">{settingsLine(selection.settings)}</span>
              <span className="block text-small text-muted">
                {formatDateTime(selection.createdAt)}
                {selection.createdBy !== null && ` by ${selection.createdBy}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const states: Record<ModelSelection['state'], string> = { pending: 'Running', ready: 'Ready', failed: 'Failed', cancelled: 'Cancelled' };

function outcome({ state, summary }: ModelSelection): string {
  if (summary === null) return states[state];
  return `${candidateNames(summary)[summary.pick]} ${formatUnit(summary.candidates[summary.pick]!.synthetic.auroc, 3)}${summary.tie ? ', tie' : ''}`;
}
