import type { FeedbackParameter, FeedbackTally } from '@/lib/api/contracts/feedback';
import { reasonOrder } from '@/lib/figures/feedback/feedback-csv';
import { formatCount, formatPercent, formatUnit } from '@/lib/figures/format';
import { zoneOrder, zones } from '../../ui/zone-mark';
import { reasonLabel } from '../../ui/verdict-mark';
import { groupLabel, parameterLabel, sourceWords } from './feedback-words';

type Column = { readonly key: string; readonly label: string; readonly count: (tally: FeedbackTally) => number; readonly of: (tally: FeedbackTally) => number };

const zoned = ({ zones: z }: FeedbackTally) => z.realistic + z.unrealistic + z.indistinguishable;
const decided = ({ verdicts: v }: FeedbackTally) => v.accepted + v.rejected;

/** Zones of those that have one, verdicts and reasons of those accepted or rejected; reasons that nobody gave are left out. */
function columnsFor(all: FeedbackTally): Column[] {
  return [
    ...zoneOrder.map((zone) => ({ key: zone, label: zones[zone].label, count: (tally: FeedbackTally) => tally.zones[zone], of: zoned })),
    { key: 'accepted', label: 'Accepted', count: ({ verdicts }) => verdicts.accepted, of: decided },
    { key: 'rejected', label: 'Rejected', count: ({ verdicts }) => verdicts.rejected, of: decided },
    ...reasonOrder.filter((reason) => all.reasons[reason] > 0).map((reason) => ({ key: `as-${reason}`, label: `as ${reasonLabel(reason).toLowerCase()}`, count: (tally: FeedbackTally) => tally.reasons[reason], of: decided })),
  ];
}

/** Bins and words of parameters by zone, verdict and reason. Each cell is a count and a share; the shade repeats the share. */
export function FeedbackTable({ generator, all, parameters }: { generator: string; all: FeedbackTally; parameters: readonly FeedbackParameter[] }) {
  const columns = columnsFor(all);
  return (
    <div className="overflow-x-auto" role="region" aria-label="Parameters by zone and reason, table" tabIndex={0}>
      <table className="w-full min-w-[48rem] border-collapse text-small">
        <caption className="sr-only">Samples by parameter, zone, verdict and reason: counts, and shares of the samples of the line where it is known</caption>
        <thead>
          <tr className="border-b border-line text-left text-muted">
            <th scope="col" className="sticky left-0 z-10 bg-page py-1.5 pr-3 font-medium">Parameter</th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium whitespace-nowrap">Samples</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col" className="px-2 py-1.5 text-right font-medium whitespace-nowrap">{label}</th>
            ))}
            <th scope="col" className="py-1.5 pl-2 text-right font-medium">Mean quality</th>
          </tr>
        </thead>
        <tbody className="border-b border-line">
          <Line label="All samples" tally={all} columns={columns} strong />
        </tbody>
        {parameters.map((parameter) => (
          <tbody key={`${parameter.source}/${parameter.name}`} className="border-b border-line">
            <tr>
              <th scope="rowgroup" colSpan={columns.length + 3} className="pt-2.5 pb-1 text-left font-medium">
                {parameterLabel(generator, parameter)} <span className="font-normal text-muted">{sourceWords[parameter.source]}{parameter.given < all.total && `, of ${formatCount(parameter.given)} samples`}</span>
              </th>
            </tr>
            {parameter.groups.map((group) => (
              <Line key={groupLabel(group)} label={groupLabel(group)} tally={group} columns={columns} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Line({ label, tally, columns, strong = false }: { label: string; tally: FeedbackTally; columns: readonly Column[]; strong?: boolean }) {
  return (
    <tr>
      <th scope="row" title={label} className={`sticky left-0 z-10 max-w-56 truncate bg-page py-1 pr-3 text-left ${strong ? 'font-medium' : 'pl-3 font-normal'}`}>{label}</th>
      <td className="px-2 py-1 text-right whitespace-nowrap tabular-nums">{formatCount(tally.total)}</td>
      {columns.map(({ key, count, of }) => (
        <ShareCell key={key} count={count(tally)} of={of(tally)} />
      ))}
      <td className="py-1 pl-2 text-right tabular-nums">{formatUnit(tally.meanQuality)}</td>
    </tr>
  );
}

function ShareCell({ count, of }: { count: number; of: number }) {
  if (of === 0) return <td className="px-2 py-1 text-right text-muted">–</td>;
  const share = count / of;
  return (
    <td className="px-2 py-1 text-right whitespace-nowrap tabular-nums" style={{ backgroundColor: `color-mix(in srgb, var(--accent) ${Math.round(share * 22)}%, transparent)` }} title={`${formatCount(count)} of ${formatCount(of)}`}>
      {formatPercent(share)} <span className="text-muted">{formatCount(count)}</span>
    </td>
  );
}
