import type { RejectReason } from '@/lib/api/contracts/common';
import { formatCount, formatPercent } from '@/lib/figures/format';
import type { DecisionCounts } from '../decision-counts';
import { html, type Content, type Markup } from '../markup';
import { facts, table } from '../table';

const reasonTitles: Readonly<Record<RejectReason, string>> = {
  unrealistic: 'Unrealistic', indistinguishable: 'Indistinguishable', artefact: 'Artefact', placement: 'Wrong place or scale', duplicate: 'Duplicate', other: 'Other',
};

/** What people decided, and how far the score agrees. */
export function decisions(counts: DecisionCounts): Markup {
  const decided = counts.accepted + counts.rejected;
  if (decided + counts.skipped === 0) return html`<section><h2>Decisions</h2><p class="note">Nothing was decided up to the cut-off.</p></section>`;
  return html`<section><h2>Decisions</h2>${facts([['Accepted', formatCount(counts.accepted)], ['Rejected', formatCount(counts.rejected)], ['Skipped', formatCount(counts.skipped)], ...agreement(counts)])}
${reasons(counts)}${reviewers(counts)}${zones(counts)}</section>`;
}

function agreement({ agreement: share }: DecisionCounts): [string, string][] {
  return share === null ? [] : [['Agreement with the zones', formatPercent(share)]];
}

function reasons({ reasons: list, rejected }: DecisionCounts): Content {
  if (list.length === 0) return null;
  const rows = list.map(({ reason, count }) => [reason === null ? 'No reason given' : reasonTitles[reason], formatCount(count), formatPercent(count / rejected), bar(count / rejected)]);
  return table('Why samples were rejected', [{ title: 'Reason' }, { title: 'Samples', number: true }, { title: 'Share', number: true }, { title: '' }], rows);
}

function bar(share: number): Markup {
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.round(share * 1000) / 10}" height="8"/></svg>`;
}

function reviewers({ reviewers: list }: DecisionCounts): Content {
  const rows = list.map(({ name, accepted, rejected, skipped }) => [name, formatCount(accepted), formatCount(rejected), formatCount(skipped), accepted + rejected === 0 ? '–' : formatPercent(accepted / (accepted + rejected))]);
  return table('Who decided (the latest decision on each sample)', [{ title: 'Reviewer' }, ...['Accepted', 'Rejected', 'Skipped', 'Accept rate'].map((title) => ({ title, number: true }))], rows);
}

function zones({ zones: list, agreement: share }: DecisionCounts): Content {
  if (share === null) return null;
  const rows = list.map(({ zone, accepted, rejected }) => [zone, formatCount(accepted), formatCount(rejected)]);
  return [
    table('Decisions by zone', [{ title: 'Zone' }, { title: 'Accepted', number: true }, { title: 'Rejected', number: true }], rows),
    html`<p class="note">Agreement: accepted and realistic, or rejected and not realistic. People see what the extractor cannot; where they differ, they decide.</p>`,
  ];
}
