import { wilsonInterval } from '@/lib/anomaly/metrics/proportion';
import type { RejectReason, Verdict, Zone } from '@/lib/api/contracts/common';
import type { FeedbackCell, FeedbackTally, Outcome, Share } from '@/lib/api/contracts/feedback';

/** Samples that share zone, verdict and reason, with what their mean quality is made of. */
export type CountedCell = FeedbackCell & { readonly scored: number; readonly qualitySum: number };

/** A share with its 95 % Wilson interval; null of nothing. */
export function shareOf(count: number, of: number): Share | null {
  return of === 0 ? null : { count, of, share: count / of, ...wilsonInterval(count, of) };
}

/** All counts of a group of samples. */
export function tallyOf(cells: readonly CountedCell[]): FeedbackTally {
  const sum = (of: (cell: CountedCell) => number) => cells.reduce((total, cell) => total + of(cell), 0);
  const zone = (name: Zone) => sum((cell) => (cell.zone === name ? cell.count : 0));
  const verdict = (name: Verdict | null) => sum((cell) => (cell.verdict === name ? cell.count : 0));
  const reason = (name: RejectReason) => sum((cell) => (cell.verdict === 'rejected' && cell.reason === name ? cell.count : 0));
  const zones = { realistic: zone('realistic'), unrealistic: zone('unrealistic'), indistinguishable: zone('indistinguishable') };
  const verdicts = { accepted: verdict('accepted'), rejected: verdict('rejected'), skipped: verdict('skipped'), undecided: verdict(null) };
  const [scored, zoned, decided] = [sum((cell) => cell.scored), zones.realistic + zones.unrealistic + zones.indistinguishable, verdicts.accepted + verdicts.rejected];
  return {
    total: sum(({ count }) => count),
    scored,
    meanQuality: scored === 0 ? null : sum(({ qualitySum }) => qualitySum) / scored,
    zones,
    verdicts,
    reasons: {
      unrealistic: reason('unrealistic'), indistinguishable: reason('indistinguishable'), artefact: reason('artefact'),
      placement: reason('placement'), duplicate: reason('duplicate'), other: reason('other'),
    },
    shares: { unrealistic: shareOf(zones.unrealistic, zoned), indistinguishable: shareOf(zones.indistinguishable, zoned), rejected: shareOf(verdicts.rejected, decided) },
    cells: cells.map(({ zone: inZone, verdict: was, reason: why, count }) => ({ zone: inZone, verdict: was, reason: why, count })),
  };
}

/** How often an outcome was met, and among how many samples it can be known: what shares of several groups together are made of. */
export function outcomeCounts(groups: readonly Pick<FeedbackTally, 'shares'>[], outcome: Outcome): { count: number; of: number } {
  return groups.reduce((total, { shares }) => ({ count: total.count + (shares[outcome]?.count ?? 0), of: total.of + (shares[outcome]?.of ?? 0) }), { count: 0, of: 0 });
}
