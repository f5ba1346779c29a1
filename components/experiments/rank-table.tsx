import { protocolMetrics, type ProtocolMetric } from '@/lib/anomaly/protocol/result';
import { metricLabels, metricMeanings, type RankCell, type RankFigure, type RankLine } from '@/lib/figures/experiments/rank-figure';
import { formatUnit } from '@/lib/figures/format';
import { cn } from '../ui/cn';

type RankTableProps = { figure: RankFigure; caption: string; metrics?: readonly ProtocolMetric[]; /** What the first column names. */ head?: string };

const cellClass = 'px-2 py-1 text-right whitespace-nowrap';

/** Evaluators by figures and ranks in the layout of the paper's tables; the best of a column is bold. */
export function RankTable({ figure, caption, metrics = protocolMetrics, head = 'Evaluator' }: RankTableProps) {
  const columns = 2 + 2 * metrics.length;
  return (
    <div className="relative overflow-x-auto" tabIndex={0} role="group" aria-label={caption}>
      <table className="min-w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line-strong text-small text-muted">
            <th scope="col" className="sticky left-0 z-10 bg-page px-2 py-1 text-left font-medium">
              {head}
            </th>
            {metrics.map((metric) => (
              <th key={metric} scope="col" title={metricMeanings[metric]} className={cn(cellClass, 'font-medium')}>
                <MetricName metric={metric} />
              </th>
            ))}
            {metrics.map((metric, i) => (
              <th key={metric} scope="col" title={`Mean rank by ${metricLabels[metric]}`} className={cn(cellClass, 'font-medium', i === 0 && 'border-l border-line')}>
                r<MetricName metric={metric} plain />
              </th>
            ))}
            <th scope="col" title="Mean of the ranks" className={cn(cellClass, 'font-medium')}>
              AVG. RANK
            </th>
          </tr>
        </thead>
        <tbody>
          {figure.ranked.map((line) => (
            <Line key={line.evaluator} line={line} metrics={metrics} />
          ))}
          {figure.ranked.length === 0 && (
            <tr>
              <td colSpan={columns} className="px-2 py-2 text-muted">
                None of the paper’s evaluators takes part, so there are no ranks.
              </td>
            </tr>
          )}
        </tbody>
        {figure.outside.length > 0 && (
          <tbody className="border-t-2 border-line-strong">
            {figure.outside.map((line) => (
              <Line key={line.evaluator} line={line} metrics={metrics} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

function MetricName({ metric, plain = false }: { metric: ProtocolMetric; plain?: boolean }) {
  const [name, index] = metricLabels[metric].split('_');
  return (
    <>
      {name}
      <sub>{index}</sub>
      {metric === 'aulcPoor' && !plain && (
        <span>
          <span aria-hidden> ↓</span>
          <span className="sr-only">, lower is better</span>
        </span>
      )}
    </>
  );
}

function Line({ line, metrics }: { line: RankLine; metrics: readonly ProtocolMetric[] }) {
  const { name, figures, ranks, averageRank } = line;
  return (
    <tr className="border-b border-line hover:bg-hover">
      <th scope="row" className="sticky left-0 z-10 bg-page px-2 py-1 text-left font-normal whitespace-nowrap">
        {name}
      </th>
      {metrics.map((metric) => (
        <Value key={metric} cell={figures[metric]} decimals={3} />
      ))}
      {ranks === null || averageRank === null ? (
        <td colSpan={metrics.length + 1} className="border-l border-line px-2 py-1 text-right text-small text-muted">
          outside the ranks
        </td>
      ) : (
        <>
          {metrics.map((metric, i) => (
            <Value key={metric} cell={ranks[metric]} decimals={2} first={i === 0} />
          ))}
          <Value cell={averageRank} decimals={2} />
        </>
      )}
    </tr>
  );
}

function Value({ cell, decimals, first = false }: { cell: RankCell; decimals: number; first?: boolean }) {
  return (
    <td className={cn(cellClass, first && 'border-l border-line')}>
      {cell.best ? (
        <strong className="font-semibold">
          {formatUnit(cell.mean, decimals)}
          <span className="sr-only">, best</span>
        </strong>
      ) : (
        formatUnit(cell.mean, decimals)
      )}
      {cell.spread !== null && <span className="text-small text-muted"> ± {formatUnit(cell.spread, decimals)}</span>}
    </td>
  );
}
