'use client';

import type { ModelSelectionSummary } from '@/lib/api/contracts/selections';
import { formatCount, formatNumber, formatPercent, formatUnit } from '@/lib/figures/format';
import { candidateNames, kendallLines, type KendallLine } from '@/lib/figures/selection/model-lines';
import { Facts, Section } from '../../ui/page';

const cell = 'px-2 py-1.5 text-right whitespace-nowrap';

/** How far the pick can be trusted: its stability, and with real labels whether synthetic anomalies order candidates as real ones do. */
export function CertaintyPart({ summary }: { summary: ModelSelectionSummary }) {
  const { stability, draws, sizes, candidates } = summary;
  const lines = kendallLines(summary);
  return (
    <Section title="How sure" summary="Stable against the draw of images does not mean right: that rests on the anomalies being like real ones.">
      <Facts
        facts={[
          ['Stability of the pick', candidates.length < 2 ? 'there is only one candidate' : `wins ${formatPercent(stability)} of ${formatCount(draws)} bootstrap draws${summary.tie ? '; of equals the first wins' : ''}`] as const,
          ['Compared on', `${formatCount(sizes.synthetic)} synthetic anomalies of ${formatCount(sizes.seeds)} seeds, ${formatCount(sizes.heldOut)} held-out normals`] as const,
          ['Real labels', sizes.real === null ? 'none: real AUROC, tau and total variation need real anomalies, and normals that took no part' : `${formatCount(sizes.real.anomalies)} anomalies of ${formatCount(sizes.real.types)} types, ${formatCount(sizes.real.normals)} normals`] as const,
          ...picksByHardest(summary),
        ]}
      />
      {lines.length > 0 && <KendallTable lines={lines} threshold={summary.bonferroni?.threshold ?? null} />}
      <TotalVariationTable summary={summary} />
    </Section>
  );
}

/** Whether fewer, harder anomalies would choose another candidate. */
function picksByHardest(summary: ModelSelectionSummary): readonly (readonly [string, string])[] {
  const names = candidateNames(summary);
  const harder = summary.variants.filter(({ count }) => count !== null);
  if (harder.length === 0 || names.length < 2) return [];
  return [['Pick by the hardest', harder.map(({ count, pick, tied }) => `${count}: ${names[pick]}${tied.length > 1 ? ' (tie)' : ''}`).join('; ')]];
}

function KendallTable({ lines, threshold }: { lines: readonly KendallLine[]; threshold: number | null }) {
  return (
    <div className="mt-4 overflow-x-auto" role="group" aria-label="Kendall’s tau-b" tabIndex={0}>
      <table className="w-full max-w-2xl border-collapse">
        <caption className="pb-1 text-left">
          <span className="font-medium">Kendall’s tau-b</span> <span className="text-muted">between synthetic and real AUROC of the candidates{threshold !== null && `; significant below p = ${formatNumber(threshold)} (Bonferroni, ${lines.length} tests)`}</span>
        </caption>
        <thead className="text-small text-muted">
          <tr className="border-b border-line">
            {['Synthetic', 'Real', 'tau-b', 'p', ''].map((title, i) => (
              <th key={title} scope="col" className={i < 2 ? 'px-2 py-1 text-left font-normal' : `${cell} font-normal`}>
                {title === '' ? <span className="sr-only">Verdict</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ hardest, task, tau, pValue, method, significant }) => (
            <tr key={`${hardest} ${task}`} className="border-b border-line">
              <td className="px-2 py-1">{hardest === null ? 'all' : `hardest ${hardest}`}</td>
              <td className="px-2 py-1">{task === 'rest' ? 'all' : 'hardest type'}</td>
              <td className={cell}>{formatUnit(tau, 2)}</td>
              <td className={cell}>
                {formatNumber(pValue)} <span className="text-small text-muted">{method === 'exact' ? 'exact' : 'approx.'}</span>
              </td>
              <td className={`${cell} text-small`}>{significant ? 'significant' : <span className="text-muted">not significant</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TotalVariationTable({ summary }: { summary: ModelSelectionSummary }) {
  const known = summary.extractors.filter(({ totalVariation }) => totalVariation !== null);
  if (known.length === 0) return null;
  return (
    <div className="mt-4 overflow-x-auto" role="group" aria-label="Total variation" tabIndex={0}>
      <table className="w-full max-w-2xl border-collapse">
        <caption className="pb-1 text-left">
          <span className="font-medium">Total variation</span> <span className="text-muted">between normals with real and normals with synthetic anomalies: 0 alike, 2 nothing in common</span>
        </caption>
        <thead className="text-small text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="px-2 py-1 text-left font-normal">
              In the vectors of
            </th>
            <th scope="col" className={`${cell} font-normal`}>
              Total variation
            </th>
            <th scope="col" className={`${cell} font-normal`}>
              Clusters
            </th>
          </tr>
        </thead>
        <tbody>
          {known.map(({ featureSetId, modelName, totalVariation }) => (
            <tr key={featureSetId} className="border-b border-line">
              <td className="px-2 py-1">{modelName}</td>
              <td className={cell}>{formatUnit(totalVariation?.value, 2)}</td>
              <td className={cell}>{formatCount(totalVariation?.clusters)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
