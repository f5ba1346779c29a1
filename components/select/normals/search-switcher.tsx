'use client';

import type { PrototypeSearch } from '@/lib/api/contracts/prototypes';
import { formatDateTime } from '@/lib/figures/format';
import { searchName } from '@/lib/figures/prototypes/words';
import { Select } from '../../ui/select';

const words = { pending: 'running', ready: '', failed: 'failed', cancelled: 'cancelled' } as const;

/** Which search is looked at, where there are several. */
export function SearchSwitcher({ searches, shown, onShow }: { searches: readonly PrototypeSearch[]; shown: PrototypeSearch; onShow: (search: PrototypeSearch) => void }) {
  if (searches.length < 2) return null;
  const label = (search: PrototypeSearch) => [formatDateTime(search.createdAt), searchName(search), words[search.state]].filter((part) => part !== '').join(', ');
  return (
    <label className="flex flex-wrap items-center gap-2 border-t border-line pt-3 text-small">
      Search
      <Select
        size="sm"
        className="max-w-full"
        value={shown.id}
        onChange={(id) => {
          const search = searches.find((one) => one.id === id);
          if (search !== undefined) onShow(search);
        }}
        options={searches.map((search) => ({ value: search.id, label: label(search) }))}
      />
    </label>
  );
}
