import { zoneSchema, type RejectReason, type Zone } from '@/lib/api/contracts/common';
import type { ReportDecision } from './model';

/** How the people who reviewed decided. */
export type DecisionCounts = {
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  /** Rejected samples by reason, most frequent first; null: no reason was given. */
  readonly reasons: readonly { readonly reason: RejectReason | null; readonly count: number }[];
  /** Latest decisions by who took them, most first. */
  readonly reviewers: readonly { readonly name: string; readonly accepted: number; readonly rejected: number; readonly skipped: number }[];
  /** Accepted and rejected samples by the zone that the run put them in. */
  readonly zones: readonly { readonly zone: Zone; readonly accepted: number; readonly rejected: number }[];
  /** Share of the decided samples with a zone where people and score agree: accepted and realistic, or rejected and not. Null without any. */
  readonly agreement: number | null;
};

/**
 * Counts the latest decisions.
 * @param zoneOf zone of a sample in the run; null where it has none
 */
export function countDecisions(decisions: readonly ReportDecision[], zoneOf: (sampleId: string) => Zone | null): DecisionCounts {
  const totals = { accepted: 0, rejected: 0, skipped: 0 };
  const reasons = new Map<RejectReason | null, number>();
  const reviewers = new Map<string, { accepted: number; rejected: number; skipped: number }>();
  const zones = new Map(zoneSchema.options.map((zone) => [zone, { accepted: 0, rejected: 0 }]));
  for (const { sampleId, verdict, reason, reviewer } of decisions) {
    if (verdict === null) continue;
    totals[verdict]++;
    const own = reviewers.get(reviewer) ?? { accepted: 0, rejected: 0, skipped: 0 };
    own[verdict]++;
    reviewers.set(reviewer, own);
    if (verdict === 'rejected') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    const zone = zoneOf(sampleId);
    const inZone = zone === null ? undefined : zones.get(zone);
    if (inZone !== undefined && verdict !== 'skipped') inZone[verdict]++;
  }
  const byZone = [...zones].map(([zone, counts]) => ({ zone, ...counts }));
  return {
    ...totals,
    reasons: [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    reviewers: [...reviewers].map(([name, counts]) => ({ name, ...counts })).sort((a, b) => total(b) - total(a)),
    zones: byZone,
    agreement: agreementOf(byZone),
  };
}

function total({ accepted, rejected, skipped }: { accepted: number; rejected: number; skipped: number }): number {
  return accepted + rejected + skipped;
}

function agreementOf(zones: DecisionCounts['zones']): number | null {
  const all = zones.reduce((sum, { accepted, rejected }) => sum + accepted + rejected, 0);
  const agreed = zones.reduce((sum, { zone, accepted, rejected }) => sum + (zone === 'realistic' ? accepted : rejected), 0);
  return all === 0 ? null : agreed / all;
}
