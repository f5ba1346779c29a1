'use client';

import { useMemo, type ReactNode } from 'react';
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

/** "R 180  I 20  U 12  40 undecided  accuracy 0.91 (0.88 to 0.93)  14 near copies" */
export function CutFactsLine({ cut, verdicts, summary, curve, copies }: CutLineOfFactsProps) {
  const facts = useCutFacts(cut, verdicts);
  if (facts === null) return null;
  const undecided = facts.verdicts[verdictNames.indexOf(null)]!;
  const parts: ReactNode[] = [
    ...zoneOrder.flatMap((zone) => {
      const count = facts.zones[zoneNames.indexOf(zone)]!;
      return count === 0 ? [] : [
        <span key={zone} className="inline-flex items-center gap-1" title={zones[zone].label}>
          <ZoneMark zone={zone} />
          {formatCount(count)}
        </span>,
      ];
    }),
    <span key="undecided">{formatCount(undecided)} undecided</span>,
  ];
  if (summary && curve) parts.push(<span key="accuracy" title="Expected balanced accuracy of the downstream detector, mean and 5 % to 95 % over the repetitions">accuracy {expectedText(expectedAt(curve, curveCount(summary, facts.keep, facts.total)))}</span>);
  if (copies) parts.push(<span key="copies">{countOf(copies[facts.keep]!, 'near copy', 'near copies')}</span>);
  if (facts.tied > 0) parts.push(<span key="tied">{countOf(facts.tied, 'more of the same quality', 'more of the same quality')}</span>);
  return <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-small text-muted tabular-nums">{parts}</p>;
}
