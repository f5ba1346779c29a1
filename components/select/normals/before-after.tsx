'use client';

import type { PrototypeSearch } from '@/lib/api/contracts/prototypes';
import { formatCount, formatDateTime, formatUnit } from '@/lib/figures/format';
import { comparableSearches } from '@/lib/figures/prototypes/verdict';
import { Section } from '../../ui/page';

/** Searches that were judged by the same rows, side by side: what excluding normals did to the detector. */
export function BeforeAfter({ searches, shown, onShow }: { searches: readonly PrototypeSearch[]; shown: PrototypeSearch; onShow: (search: PrototypeSearch) => void }) {
  const rows = comparableSearches(searches, shown);
  if (rows.length < 2) return null;
  const cell = 'px-2 py-1 text-right tabular-nums';
  return (
    <Section title="Before and after" summary="Searches that were judged by the same rows. Compare training with all normals to see what excluding some has done.">
      <div className="overflow-x-auto" role="region" aria-label="Searches judged by the same rows" tabIndex={0}>
        <table className="text-small">
          <thead className="text-muted">
            <tr className="border-b border-line">
              {['Search', 'Normals', 'All, rows that choose', 'All, rows that judge', 'Change'].map((title, i) => (
                <th key={title} scope="col" className={i === 0 ? 'px-2 py-1 text-left font-medium' : `${cell} font-medium`}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((search) => {
              const { rows: used, full } = search.summary!;
              const change = search.id === shown.id ? null : full.test! - shown.summary!.full.test!;
              return (
                <tr key={search.id}>
                  <th scope="row" className="px-2 py-1 text-left font-normal">
                    {search.id === shown.id ? (
                      <span className="font-medium">{formatDateTime(search.createdAt)}, this one</span>
                    ) : (
                      <button type="button" className="underline hover:no-underline" onClick={() => onShow(search)}>
                        {formatDateTime(search.createdAt)}
                      </button>
                    )}
                  </th>
                  <td className={cell}>{formatCount(used.candidates)}</td>
                  <td className={cell}>{formatUnit(full.validation, 3)}</td>
                  <td className={cell}>{formatUnit(full.test, 3)}</td>
                  <td className={cell}>{change === null ? '' : `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(3)}`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
