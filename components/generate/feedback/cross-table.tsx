import Link from 'next/link';
import type { RejectReason, Zone } from '@/lib/api/contracts/common';
import type { FeedbackTally } from '@/lib/api/contracts/feedback';
import { reasonOrder } from '@/lib/figures/feedback/feedback-csv';
import { formatCount } from '@/lib/figures/format';
import { defaultView, writeViewState } from '@/lib/figures/view-state';
import { stagePath } from '../../frame/stages';
import { reasonLabel } from '../../ui/verdict-mark';
import { ZoneMark, zoneOrder } from '../../ui/zone-mark';

type CrossProps = { projectId: string; runId: string | null; generator: string; all: FeedbackTally };

/** Reasons by zones of all samples of the generator; each number opens the samples. */
export function CrossTable({ projectId, runId, generator, all }: CrossProps) {
  const reasons = reasonOrder.filter((reason) => all.reasons[reason] > 0);
  if (reasons.length === 0 || runId === null) return null;
  const count = (zone: Zone, reason: RejectReason) => all.cells.reduce((total, cell) => total + (cell.zone === zone && cell.verdict === 'rejected' && cell.reason === reason ? cell.count : 0), 0);
  return (
    <section aria-labelledby="reasons-by-zone" className="min-w-0">
      <h2 id="reasons-by-zone" className="mb-1 text-lead font-semibold">Reasons by zone</h2>
      <p className="mb-2 text-muted">Where people and scores say the same, and where not: rejected samples of the generator.</p>
      <div className="overflow-x-auto" role="region" aria-label="Reasons by zone, table" tabIndex={0}>
        <table className="border-collapse text-small">
          <thead>
            <tr className="border-b border-line text-left text-muted">
              <th scope="col" className="py-1.5 pr-6 font-medium">Rejected as</th>
              {zoneOrder.map((zone) => (
                <th key={zone} scope="col" className="px-3 py-1.5 text-right font-medium"><ZoneMark zone={zone} label /></th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reasons.map((reason) => (
              <tr key={reason} className="border-b border-line">
                <th scope="row" className="py-1 pr-6 text-left font-normal">{reasonLabel(reason)}</th>
                {zoneOrder.map((zone) => (
                  <td key={zone} className="px-3 py-1 text-right tabular-nums">
                    <Samples projectId={projectId} runId={runId} generator={generator} zone={zone} reason={reason} count={count(zone, reason)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Samples({ projectId, runId, generator, zone, reason, count }: { projectId: string; runId: string; generator: string; zone: Zone; reason: RejectReason; count: number }) {
  if (count === 0) return <span className="text-muted">0</span>;
  const params = writeViewState({ ...defaultView, run: runId, filter: { ...defaultView.filter, zones: [zone], reasons: [reason], generators: [generator] } });
  return (
    <Link href={`${stagePath(projectId, 'scores')}?${params}`} aria-label={`${formatCount(count)} ${zone} samples rejected as ${reasonLabel(reason).toLowerCase()}`} className="inline-flex min-h-6 min-w-6 items-center justify-end text-accent underline underline-offset-2 hover:text-accent-strong">
      {formatCount(count)}
    </Link>
  );
}
