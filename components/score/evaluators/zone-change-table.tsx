'use client';

import { useMemo } from 'react';
import type { AlignedRuns } from '@/lib/figures/evaluators/agreement';
import { zoneChanges, type ZoneChange } from '@/lib/figures/evaluators/disagreements';
import { countOf, formatCount } from '@/lib/figures/format';
import { FigureExport } from '../../charts/figure-export';
import { cn } from '../../ui/cn';
import { ZoneMark } from '../../ui/zone-mark';

type TableProps = { aligned: AlignedRuns; names: readonly [string, string]; stem: string; chosen: ZoneChange | null; onChoose: (change: ZoneChange | null) => void };

/** How many samples lie in which zone by either run; a cell lists its samples. */
export function ZoneChangeTable({ aligned, names, stem, chosen, onChoose }: TableProps) {
  const changes = useMemo(() => zoneChanges(aligned), [aligned]);
  if (changes === null) return <p className="text-small text-muted">Zones are parts of EAP: with two EAP runs, this place shows how samples change zones.</p>;
  const { zones, counts } = changes;
  const stay = zones.reduce((sum, _, i) => sum + counts[i]![i]!, 0);
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  return (
    <section aria-label="Changes of zone">
      <div className="mb-1 flex items-center justify-between gap-2">
        <h3 className="font-medium">Changes of zone</h3>
        <FigureExport name={`${stem}: changes of zone`} csv={() => ({ header: [`${names[0]} \\ ${names[1]}`, ...zones], rows: zones.map((zone, i) => [zone, ...counts[i]!]) })} />
      </div>
      <p className="mb-2 text-small text-muted">{countOf(all - stay, 'sample')} of {formatCount(all)} change zone. Down: by A; across: by B. A number lists its samples.</p>
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">
          Zones by {names[0]} (down) and by {names[1]} (across)
        </caption>
        <thead>
          <tr>
            <td />
            {zones.map((zone) => (
              <th key={zone} scope="col" className="px-1 py-1 text-right font-normal">
                <ZoneMark zone={zone} label />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {zones.map((from, i) => (
            <tr key={from} className="border-t border-line">
              <th scope="row" className="py-1 pr-2 text-left font-normal">
                <ZoneMark zone={from} label />
              </th>
              {zones.map((to, j) => {
                const count = counts[i]![j]!;
                const pressed = chosen?.from === from && chosen.to === to;
                return (
                  <td key={to} className="p-0.5 text-right">
                    <button
                      type="button"
                      disabled={count === 0}
                      aria-pressed={pressed}
                      aria-label={`${countOf(count, 'sample')}: ${from} by A, ${to} by B`}
                      onClick={() => onChoose(pressed ? null : { from, to })}
                      className={cn('min-h-8 w-full rounded-md px-2 text-right max-md:min-h-11', pressed ? 'bg-selected font-medium' : 'enabled:hover:bg-hover', i === j && 'text-muted', count === 0 && 'text-muted')}
                    >
                      {formatCount(count)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
