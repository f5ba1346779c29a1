'use client';

import { useMemo } from 'react';
import type { KeepCurve, KeepSummary } from '@/lib/api/contracts/keep';
import { cutFacts, type CutFacts } from '@/lib/figures/cut';
import { countOf, formatCount } from '@/lib/figures/format';
import { curveCount, expectedAt, expectedText } from '@/lib/figures/keep/curves';
import { verdictNames, zoneNames } from '@/lib/figures/score-table';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { ZoneMark, zoneOrder, zones } from '../../ui/zone-mark';
import { useLiveKeep, type Cut } from './use-cut';

/** What lies above the cut as it is drawn now; null when no cut is set. */
export function useCutFacts(cut: Cut, verdicts: VerdictColumns): CutFacts | null {
  const keep = useLiveKeep(cut);
  return useMemo(() => (keep === null ? null : cutFacts(cut.table, verdicts, cut.ranking(), keep)), [cut, verdicts, keep]);
}

type CutLineOfFactsProps = { cut: Cut; verdicts: VerdictColumns; summary: KeepSummary | null; curve: KeepCurve | null; copies: Uint32Array | null };

/** "R 180  I 20  U 12  accuracy 0.91 (0.88 to 0.93)  14 near copies  40 undecided": one line, whose end is in its title where there is no room for it. */
export function CutFactsLine({ cut, verdicts, summary, curve, copies }: CutLineOfFactsProps) {
  const facts = useCutFacts(cut, verdicts);
  if (facts === null) return null;
  const undecided = facts.verdicts[verdictNames.indexOf(null)]!;
  const counted = zoneOrder.map((zone) => ({ zone, count: facts.zones[zoneNames.indexOf(zone)]! })).filter(({ count }) => count > 0);
  const parts = [
    ...(summary && curve ? [`accuracy ${expectedText(expectedAt(curve, curveCount(summary, facts.keep, facts.total)))}`] : []),
    ...(copies ? [countOf(copies[facts.keep]!, 'near copy', 'near copies')] : []),
    `${formatCount(undecided)} undecided`,
    ...(facts.tied > 0 ? [countOf(facts.tied, 'more of the same quality', 'more of the same quality')] : []),
  ];
  const inWords = [...counted.map(({ zone, count }) => `${formatCount(count)} ${zones[zone].label.toLowerCase()}`), ...parts].join('; ');
  return (
    <p className="h-4 truncate text-small leading-4 text-muted tabular-nums *:mr-3" title={`Above the cut: ${inWords}. Accuracy: expected balanced accuracy of the downstream detector, mean and 5 % to 95 % over the repetitions.`}>
      {counted.map(({ zone, count }) => (
        <span key={zone} className="inline-flex h-4 items-center gap-1 align-top">
          <ZoneMark zone={zone} />
          {formatCount(count)}
        </span>
      ))}
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </p>
  );
}
