'use client';

import type { ReactNode } from 'react';
import { formatCount, formatPercent } from '@/lib/figures/format';
import type { MapPoints } from '@/lib/figures/map-figure';
import { roleNames, verdictNames, zoneNames } from '@/lib/figures/score-table';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { RoleMark, roles } from '../ui/role-mark';
import { VerdictMark, verdicts as verdictWords } from '../ui/verdict-mark';
import { ZoneMark, zones } from '../ui/zone-mark';

type CountsProps = { points: MapPoints; verdicts: VerdictColumns; selection: Uint32Array };

/** How many of the selected samples are of which role, zone and decision. */
export function SelectionCounts({ points, verdicts, selection }: CountsProps) {
  const auxiliary = roleNames.indexOf('auxiliary');
  const tally = (size: number, codes: Uint8Array) => {
    const counts = new Array<number>(size).fill(0);
    for (const point of selection) counts[codes[point]!]!++;
    return counts;
  };
  const byRole = tally(roleNames.length, points.role);
  const byZone = tally(zoneNames.length, points.zone);
  const byVerdict = tally(verdictNames.length, verdicts.verdict);
  byVerdict[0]! -= selection.length - byRole[auxiliary]!;
  return (
    <dl className="flex flex-col gap-1 text-small">
      <Line title="Role" total={selection.length} entries={roleNames.map((name, code) => ({ key: name, label: roles[name].label, mark: <RoleMark role={name} />, count: byRole[code]! }))} />
      <Line title="Zone" total={selection.length} entries={zoneNames.flatMap((name, code) => (name === null ? [] : [{ key: name, label: zones[name].label, mark: <ZoneMark zone={name} />, count: byZone[code]! }]))} />
      <Line
        title="Decision"
        total={selection.length}
        entries={verdictNames.map((name, code) => ({ key: name ?? 'none', label: name === null ? 'Undecided' : verdictWords[name].label, mark: name === null ? null : <VerdictMark verdict={name} />, count: byVerdict[code]! }))}
      />
    </dl>
  );
}

type Entry = { key: string; label: string; mark: ReactNode; count: number };

function Line({ title, total, entries }: { title: string; total: number; entries: readonly Entry[] }) {
  const present = entries.filter(({ count }) => count > 0);
  if (present.length === 0) return null;
  return (
    <div className="flex gap-2">
      <dt className="w-16 shrink-0 text-muted">{title}</dt>
      <dd className="flex flex-wrap gap-x-3 gap-y-0.5">
        {present.map(({ key, label, mark, count }) => (
          <span key={key} title={`${formatPercent(count / total)} of the selection`} className="inline-flex items-center gap-1">
            <span aria-hidden>{mark}</span>
            {label} <span className="font-medium tabular-nums">{formatCount(count)}</span>
          </span>
        ))}
      </dd>
    </div>
  );
}
