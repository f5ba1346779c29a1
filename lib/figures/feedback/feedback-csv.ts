import type { RejectReason } from '@/lib/api/contracts/common';
import type { FeedbackGroup, FeedbackTally, GenerationFeedback, Outcome } from '@/lib/api/contracts/feedback';
import type { CsvCell } from '../csv';
import { outcomes } from './contrasts';

type Table = { readonly header: readonly string[]; readonly rows: readonly (readonly CsvCell[])[] };

/** Reject reasons in the order of their keys. */
export const reasonOrder: readonly RejectReason[] = ['unrealistic', 'indistinguishable', 'artefact', 'placement', 'duplicate', 'other'];

const shareColumns = (outcome: Outcome) => [`share_${outcome}`, `share_${outcome}_low`, `share_${outcome}_high`];
const whole: Pick<FeedbackGroup, 'from' | 'to' | 'value'> = { from: null, to: null, value: null };
const keys = ['generator', 'source', 'parameter', 'from', 'to', 'value'];

/** A line for each bin or word of each parameter, first one for all samples. */
export function feedbackTable({ generator, all, parameters }: GenerationFeedback): Table {
  const header = [
    ...keys, 'samples', 'scored', 'mean_quality', 'zone_realistic', 'zone_unrealistic', 'zone_indistinguishable', 'accepted', 'rejected', 'skipped', 'undecided',
    ...reasonOrder.map((reason) => `reason_${reason}`), ...outcomes.flatMap(shareColumns),
  ];
  const rows = linesOf({ generator, all, parameters }, (tally) => [[
    tally.total, tally.scored, tally.meanQuality, tally.zones.realistic, tally.zones.unrealistic, tally.zones.indistinguishable,
    tally.verdicts.accepted, tally.verdicts.rejected, tally.verdicts.skipped, tally.verdicts.undecided,
    ...reasonOrder.map((reason) => tally.reasons[reason]), ...outcomes.flatMap((outcome) => shareCells(tally, outcome)),
  ]]);
  return { header, rows };
}

/** Reasons x zones x parameters: a line for each that occurs. */
export function feedbackCells(feedback: GenerationFeedback): Table {
  return { header: [...keys, 'zone', 'verdict', 'reason', 'samples'], rows: linesOf(feedback, ({ cells }) => cells.map(({ zone, verdict, reason, count }) => [zone, verdict, reason, count])) };
}

function linesOf({ generator, all, parameters }: Pick<GenerationFeedback, 'generator' | 'all' | 'parameters'>, of: (tally: FeedbackTally) => CsvCell[][]): CsvCell[][] {
  const lines = (source: string, name: string, { from, to, value }: Pick<FeedbackGroup, 'from' | 'to' | 'value'>, tally: FeedbackTally) => of(tally).map((cells): CsvCell[] => [generator, source, name, from, to, value, ...cells]);
  return [
    ...(all === null ? [] : lines('all', '', whole, all)),
    ...parameters.flatMap(({ source, name, groups }) => groups.flatMap((group) => lines(source, name, group, group))),
  ];
}

function shareCells({ shares }: FeedbackTally, outcome: Outcome): CsvCell[] {
  const share = shares[outcome];
  return share === null ? [null, null, null] : [share.share, share.low, share.high];
}
