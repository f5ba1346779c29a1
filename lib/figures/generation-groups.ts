import type { RejectReason, Zone } from '@/lib/api/contracts/common';
import type { Generation, GenerationOutcome } from '@/lib/api/contracts/generators';

/** What is known of the samples of one batch, or of several with the same settings. */
export type BatchTotals = {
  readonly made: number;
  readonly duplicates: number;
  readonly failed: number;
  /** There now. */
  readonly samples: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Accepted of those that are accepted or rejected; null while none is. */
  readonly acceptance: number | null;
  /** The most frequent first. */
  readonly reasons: readonly { readonly reason: RejectReason; readonly count: number }[];
  /** Samples that the newest feature set has. */
  readonly extracted: number;
  readonly scored: number;
  /** Over the scored samples; null where none is scored. */
  readonly meanQuality: number | null;
  /** Null where the evaluator has no zones. */
  readonly zones: Readonly<Record<Zone, number>> | null;
  readonly runId: string | null;
  readonly evaluator: string | null;
};

/** Batches of one generator with the same parameters. */
export type BatchGroup = Pick<Generation, 'generator' | 'parameters' | 'diffusionModelName'> & {
  readonly key: string;
  /** Newest first. */
  readonly batches: readonly Generation[];
  readonly totals: BatchTotals;
};

export type GroupOrder = 'newest' | 'best';

/**
 * Batches by their settings, so that what a setting is worth shows.
 * @param generations newest first
 * @param order `best`: by the share of accepted samples, then by mean quality; what nobody decided and nothing scored comes last
 */
export function groupBatches(generations: readonly Generation[], order: GroupOrder): BatchGroup[] {
  const byKey = new Map<string, Generation[]>();
  for (const batch of generations) {
    const key = keyOf(batch);
    byKey.set(key, [...(byKey.get(key) ?? []), batch]);
  }
  const groups = [...byKey].map(([key, batches]) => ({ ...settingsOf(batches[0]!), key, batches, totals: totalsOf(batches) }));
  return order === 'newest' ? groups : groups.sort((a, b) => worth(b, 'acceptance') - worth(a, 'acceptance') || worth(b, 'meanQuality') - worth(a, 'meanQuality'));
}

function worth({ totals }: BatchGroup, what: 'acceptance' | 'meanQuality'): number {
  return totals[what] ?? -1;
}

function settingsOf({ generator, parameters, diffusionModelName }: Generation): Pick<BatchGroup, 'generator' | 'parameters' | 'diffusionModelName'> {
  return { generator, parameters, diffusionModelName };
}

function keyOf({ generator, parameters, diffusionModelName }: Generation): string {
  return JSON.stringify([generator, diffusionModelName, Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Sums over batches; means are weighted by the scored samples. */
export function totalsOf(batches: readonly Pick<Generation, 'summary' | 'samples' | 'outcome'>[]): BatchTotals {
  const sum = (of: (batch: (typeof batches)[number]) => number) => batches.reduce((total, batch) => total + of(batch), 0);
  const [accepted, rejected] = [sum(({ outcome }) => outcome.accepted), sum(({ outcome }) => outcome.rejected)];
  const scores = batches.flatMap(({ outcome }) => outcome.scores ?? []);
  const scored = scores.reduce((total, score) => total + score.scored, 0);
  return {
    made: sum(({ summary, samples }) => summary?.made ?? samples),
    duplicates: sum(({ summary }) => summary?.duplicates ?? 0),
    failed: sum(({ summary }) => (summary?.failures ?? []).reduce((total, { count }) => total + count, 0)),
    samples: sum(({ samples }) => samples),
    accepted,
    rejected,
    acceptance: accepted + rejected === 0 ? null : accepted / (accepted + rejected),
    reasons: reasonsOf(batches),
    extracted: sum(({ outcome }) => outcome.extracted),
    scored,
    meanQuality: scored === 0 ? null : scores.reduce((total, score) => total + score.scored * score.meanQuality, 0) / scored,
    zones: zonesOf(scores),
    runId: scores[0]?.runId ?? null,
    evaluator: scores[0]?.evaluator ?? null,
  };
}

function reasonsOf(batches: readonly Pick<Generation, 'outcome'>[]): BatchTotals['reasons'] {
  const counts = new Map<RejectReason, number>();
  for (const { reason, count } of batches.flatMap(({ outcome }) => outcome.reasons)) counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

function zonesOf(scores: readonly NonNullable<GenerationOutcome['scores']>[]): BatchTotals['zones'] {
  const zoned = scores.flatMap(({ zones }) => zones ?? []);
  if (zoned.length === 0) return null;
  const sum = (zone: Zone) => zoned.reduce((total, zones) => total + zones[zone], 0);
  return { realistic: sum('realistic'), unrealistic: sum('unrealistic'), indistinguishable: sum('indistinguishable') };
}

/** What is to be done next so that the samples have scores: nothing more, features first, or a run. */
export function nextStep({ samples, scored, extracted }: Pick<BatchTotals, 'samples' | 'scored' | 'extracted'>): 'nothing' | 'scored' | 'extract' | 'score' {
  if (samples === 0) return 'nothing';
  if (scored >= samples) return 'scored';
  return extracted < samples ? 'extract' : 'score';
}
