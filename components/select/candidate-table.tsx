'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { formatCount, formatNumber, formatPercent, formatUnit } from '@/lib/figures/format';
import type { CandidateLine, LineKey, LineSort } from '@/lib/figures/selection/candidate-lines';
import { cn } from '../ui/cn';

type CandidateTableProps = { label: string; lines: readonly CandidateLine[]; sort: LineSort; onSort: (sort: LineSort) => void; hasReal: boolean; hasIntervals: boolean; /** Heading of the first column. */ what?: string };

const plainCell = 'px-2 py-1.5 whitespace-nowrap';
const cell = `${plainCell} text-right`;

/** All candidates of a selection in numbers; every column sorts. */
export function CandidateTable({ label, lines, sort, onSort, hasReal, hasIntervals, what = 'Candidate' }: CandidateTableProps) {
  const head = { sort, onSort };
  const hasWeights = lines.some(({ weights }) => weights !== null);
  return (
    <div className="overflow-x-auto" role="group" aria-label={label} tabIndex={0}>
      <table className="w-full border-collapse">
        <caption className="sr-only">{label}</caption>
        <thead className="text-small text-muted">
          <tr className="border-b border-line">
            <Head {...head} column="name" first>
              {what}
            </Head>
            <Head {...head} column="auroc">
              Synthetic AUROC
            </Head>
            {hasIntervals && (
              <>
                <th scope="col" className={cn(cell, 'font-normal')}>
                  95 % interval
                </th>
                <Head {...head} column="wins">
                  Wins
                </Head>
              </>
            )}
            {hasReal && (
              <Head {...head} column="real">
                Real AUROC
              </Head>
            )}
            {hasWeights && (
              <Head {...head} column="weights">
                Weights
              </Head>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.index} line={line} hasReal={hasReal} hasIntervals={hasIntervals} hasWeights={hasWeights} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps = { column: LineKey; sort: LineSort; onSort: (sort: LineSort) => void; first?: boolean; children: string };

function Head({ column, sort, onSort, first = false, children }: HeadProps) {
  const current = sort.key === column;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <th scope="col" {...(current ? { 'aria-sort': sort.descending ? ('descending' as const) : ('ascending' as const) } : {})} className={cn('font-normal', first ? `${plainCell} text-left` : cell)}>
      <button type="button" onClick={() => onSort({ key: column, descending: current ? !sort.descending : column !== 'name' })} className={cn('inline-flex items-center gap-0.5 hover:text-ink', current && 'font-medium text-ink')}>
        {children}
        {current && <Arrow aria-hidden className="size-3" />}
      </button>
    </th>
  );
}

type RowProps = { line: CandidateLine; hasReal: boolean; hasIntervals: boolean; hasWeights: boolean };

function Row({ line, hasReal, hasIntervals, hasWeights }: RowProps) {
  const { name, auroc, interval, wins, real, realType, weights, picked, tied } = line;
  return (
    <tr className={cn('border-b border-line', picked && 'bg-selected')}>
      <th scope="row" className="px-2 py-1.5 text-left font-normal">
        <span className={cn(picked && 'font-medium')}>{name}</span>
        {picked && <span className="ml-2 text-small text-accent">pick</span>}
        {tied && <span className="ml-2 text-small text-warning">tie</span>}
      </th>
      <td className={cn(cell, 'font-medium')}>{formatUnit(auroc, 3)}</td>
      {hasIntervals && (
        <>
          <td className={cn(cell, 'text-muted')}>{interval === null ? '–' : `${formatUnit(interval[0], 3)} to ${formatUnit(interval[1], 3)}`}</td>
          <td className={cell}>{formatPercent(wins)}</td>
        </>
      )}
      {hasReal && (
        <td className={cell}>
          {formatUnit(real, 3)}
          {realType !== null && <span className="block text-small text-muted">{realType}</span>}
        </td>
      )}
      {hasWeights && <td className={cn(cell, 'text-muted')}>{weights === null ? 'not known' : weights >= 1e6 ? `${formatNumber(weights / 1e6)} M` : formatCount(weights)}</td>}
    </tr>
  );
}
