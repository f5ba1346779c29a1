'use client';

import { formatCount, formatPercent } from '@/lib/figures/format';
import { reviewersCsv, type ReviewerLine, type Share } from '@/lib/figures/review-report';
import { FigureExport } from '../../charts/figure-export';

const cell = 'px-2 py-1.5 text-right whitespace-nowrap align-top';

type Column = { readonly title: string; readonly hint: string; readonly text: (line: ReviewerLine) => Cell };
type Cell = { readonly main: string; readonly below?: string };

const controls: readonly Column[] = [
  { title: 'Controls hit', hint: 'Real anomalies accepted and normals rejected, with the 95 % Wilson interval', text: ({ hits }) => withInterval(hits) },
  { title: 'Anomalies accepted', hint: 'Hidden real anomalies that were accepted', text: ({ anomalyHits }) => counted(anomalyHits) },
  { title: 'Normals rejected', hint: 'Hidden normals that were rejected; below: as indistinguishable', text: ({ normalHits, named }) => ({ ...counted(normalHits), ...(named ? { below: `${formatCount(named.count)} as indistinguishable` } : {}) }) },
];
const judgement: readonly Column[] = [
  { title: 'Accepted', hint: 'Share of accepted samples, controls left out', text: ({ accepted }) => counted(accepted) },
  { title: 'With the score', hint: 'Share of pairs of an accepted and a rejected sample in which the accepted one has the higher quality', text: ({ score }) => ({ main: score === null ? '–' : formatPercent(score) }) },
  { title: 'With the zone', hint: 'Accepted where the zone is realistic, rejected where it is not', text: ({ zone }) => counted(zone) },
  { title: 'With colleagues', hint: 'Same verdict as a colleague on the same sample', text: ({ colleagues }) => counted(colleagues) },
  { title: 'Seconds an item', hint: 'Median; below: middle half', text: ({ time }) => (time === null ? { main: '–' } : { main: seconds(time.median), below: `${seconds(time.q1)} to ${seconds(time.q3)}` }) },
];

/** One line a reviewer. Controls are columns only where there are some. */
export function ReviewerTable({ lines, blind, name }: { lines: readonly ReviewerLine[]; blind: boolean; name: string }) {
  const columns = blind ? [...controls, ...judgement] : judgement;
  return (
    <div>
      <div className="mb-1 flex items-center justify-between gap-2">
        <h2 className="font-medium">Reviewers</h2>
        <FigureExport name={name} csv={() => reviewersCsv(lines)} />
      </div>
      <div className="overflow-x-auto" role="group" aria-label="Reviewers" tabIndex={0}>
        <table className="w-full border-collapse">
          <thead className="text-small text-muted">
            <tr className="border-b border-line">
              <th scope="col" className="px-2 py-1 text-left font-normal">
                Reviewer
              </th>
              <th scope="col" className={`${cell} font-normal`}>
                Items
              </th>
              {columns.map(({ title, hint }) => (
                <th key={title} scope="col" title={hint} className={`${cell} font-normal`}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.userId} className="border-b border-line">
                <th scope="row" className="px-2 py-1.5 text-left align-top font-medium">
                  {line.name}
                </th>
                <td className={cell}>{formatCount(line.items)}</td>
                {columns.map(({ title, text }) => {
                  const { main, below } = text(line);
                  return (
                    <td key={title} className={cell}>
                      {main}
                      {below && <span className="block text-small text-muted">{below}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-small text-muted">{blind ? 'Brackets are 95 % Wilson intervals: few controls say little.' : 'This queue has no hidden controls.'}</p>
    </div>
  );
}

function counted(share: Share | null): Cell {
  return share === null ? { main: '–' } : { main: formatPercent(share.value), below: `${formatCount(share.count)} of ${formatCount(share.of)}` };
}

function withInterval(share: Share | null): Cell {
  if (share === null) return { main: '–' };
  return { main: formatPercent(share.value), below: `[${formatPercent(share.interval.low)}, ${formatPercent(share.interval.high)}], ${formatCount(share.count)} of ${formatCount(share.of)}` };
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
