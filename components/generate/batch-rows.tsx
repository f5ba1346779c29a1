'use client';

import { ChevronDown, ChevronRight, CornerLeftUp, MonitorPlay } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import type { Generation } from '@/lib/api/contracts/generators';
import { countOf, formatCount, formatDateTime, formatPercent, formatUnit } from '@/lib/figures/format';
import { nextStep, totalsOf, type BatchGroup, type BatchTotals } from '@/lib/figures/generation-groups';
import { describeGenerator } from '@/lib/synthesis/describe';
import { batchItem } from '../compute/batch-item';
import { computeQueue } from '../compute/use-compute';
import { stagePath } from '../frame/stages';
import { Button, buttonClass } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Progress } from '../ui/progress';
import { zoneOrder, ZoneMark } from '../ui/zone-mark';
import { failureLines, reasonsWords, settingsWords, troubleWords } from './batch-words';
import { useLacked } from './use-lacked';

type RowsProps = { projectId: string; mayAct: boolean; onUse: (batch: Generation) => void };

/** One line for the settings, and below it, when it is opened, one for each batch. */
export function GroupRows({ group, ...rest }: RowsProps & { group: BatchGroup }) {
  const [open, setOpen] = useState(false);
  const { batches, totals } = group;
  const [newest] = batches;
  if (newest === undefined) return null;
  const several = batches.length > 1;
  return (
    <tbody className="border-b border-line max-md:block max-md:py-2">
      <Row
        {...rest}
        batch={newest}
        totals={totals}
        folder={several ? null : newest.folder}
        name={
          <span className="flex items-start gap-1">
            {several && <IconButton size="sm" icon={open ? ChevronDown : ChevronRight} label={open ? 'Hide the batches' : 'Show each batch'} aria-expanded={open} onClick={() => setOpen(!open)} />}
            <span className="min-w-0">
              <span className="font-medium">{describeGenerator(group.generator).name}</span> <span className="text-muted">{settingsWords(group)}</span>
              <span className="block text-small text-muted">{several ? <GroupWords batches={batches} /> : <BatchWords batch={newest} />}</span>
              {!several && <Failures batch={newest} />}
            </span>
          </span>
        }
      />
      {several &&
        open &&
        batches.map((batch) => (
          <Row
            key={batch.id}
            {...rest}
            batch={batch}
            totals={totalsOf([batch])}
            folder={batch.folder}
            name={
              <span className="block pl-7 text-small">
                <BatchWords batch={batch} />
                <Failures batch={batch} />
              </span>
            }
          />
        ))}
    </tbody>
  );
}

const stateWords = { ready: 'made', pending: 'being made', cancelled: 'cancelled', failed: 'failed' } as const;

/** How many, and those among them that are not complete. */
function GroupWords({ batches }: { batches: readonly Generation[] }) {
  const counts = (['pending', 'failed', 'cancelled'] as const).map((state) => [stateWords[state], batches.filter((batch) => batch.state === state).length] as const);
  return (
    <>
      {countOf(batches.length, 'batch', 'batches')}
      {counts.map(([words, count]) => count > 0 && <span key={words}>, {formatCount(count)} {words}</span>)}
    </>
  );
}

function BatchWords({ batch: { seed, count, seedCount, state, createdAt, createdBy, qualityLabel } }: { batch: Generation }) {
  return (
    <>
      Seed {seed}, {formatCount(count)} from {countOf(seedCount, 'seed image')}
      {qualityLabel !== null && `, called ${qualityLabel}`}, {formatDateTime(createdAt)}
      {createdBy !== null && ` by ${createdBy}`}
      {state !== 'ready' && <span className="font-medium text-ink">, {stateWords[state]}</span>}
    </>
  );
}

function Failures({ batch }: { batch: Generation }) {
  const lines = failureLines(batch.summary);
  return lines.length === 0 ? null : <span className="block text-small text-muted">{lines.join(' ')}</span>;
}

type RowProps = RowsProps & { batch: Generation; totals: BatchTotals; /** Of its samples; null of several batches. */ folder: string | null; name: ReactNode };

function Row({ projectId, mayAct, onUse, batch, totals, folder, name }: RowProps) {
  const { made, samples, accepted, rejected, acceptance, reasons, meanQuality, evaluator, scored, zones } = totals;
  const trouble = troubleWords(totals);
  return (
    <tr className="align-top max-md:block max-md:py-1">
      <td className="max-w-md py-2 pr-4 max-md:block max-md:py-0.5">{name}</td>
      <Cell label="Made">
        {formatCount(made)}
        {samples !== made && <span className="text-small text-muted"> ({formatCount(samples)} there)</span>}
        {trouble !== '' && <span className="block text-small text-muted">{trouble}</span>}
      </Cell>
      <Cell label="Accepted">
        {acceptance === null ? (
          <span className="text-muted">{samples === 0 ? '–' : 'not reviewed'}</span>
        ) : (
          <>
            {formatPercent(acceptance)} <span className="text-small text-muted">of {formatCount(accepted + rejected)}</span>
            <Progress value={acceptance} label={`${formatPercent(acceptance)} accepted`} className="mt-1 max-w-24" />
          </>
        )}
      </Cell>
      <Cell label="Rejected as">{reasons.length === 0 ? <span className="text-muted">–</span> : <span className="text-small">{reasonsWords(reasons)}</span>}</Cell>
      <Cell label="Mean quality">
        {meanQuality === null ? (
          <span className="text-muted">{samples === 0 ? '–' : 'not scored'}</span>
        ) : (
          <>
            {formatUnit(meanQuality)} <span className="text-small text-muted">{evaluator}{scored < samples && `, ${formatCount(scored)} scored`}</span>
            {zones !== null && (
              <span className="mt-0.5 flex gap-2 text-small">
                {zoneOrder.map((zone) => (
                  <span key={zone} className="inline-flex items-center gap-1">
                    <ZoneMark zone={zone} /> {formatCount(zones[zone])}
                  </span>
                ))}
              </span>
            )}
          </>
        )}
      </Cell>
      <td className="py-2 max-md:block max-md:py-1">
        <span className="flex flex-wrap justify-end gap-1 max-md:justify-start">
          {folder !== null && samples > 0 && (
            <Link href={`${stagePath(projectId, 'samples')}?folder=${encodeURIComponent(folder)}`} className={buttonClass('ghost', 'sm')}>
              Samples
            </Link>
          )}
          <NextLink projectId={projectId} totals={totals} />
          {mayAct && folder !== null && <MakeAgain projectId={projectId} batch={batch} />}
          <Button size="sm" icon={CornerLeftUp} onClick={() => onUse(batch)}>
            Use again
          </Button>
        </span>
      </td>
    </tr>
  );
}

/** A cell that carries its heading where the table is too wide for the screen. */
function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td className="py-2 pr-4 max-md:flex max-md:gap-3 max-md:py-0.5">
      <span className="w-28 shrink-0 text-small text-muted md:hidden">{label}</span>
      <span className="block min-w-0 flex-1">{children}</span>
    </td>
  );
}

/** What the samples lack before they can be judged. */
function NextLink({ projectId, totals }: { projectId: string; totals: BatchTotals }) {
  const step = nextStep(totals);
  if (step === 'nothing') return null;
  const place = step === 'extract' ? `${stagePath(projectId, 'features')}?extract=1` : step === 'score' ? stagePath(projectId, 'scores') : `${stagePath(projectId, 'scores')}?run=${totals.runId ?? ''}`;
  const title = step === 'extract' ? `${countOf(totals.samples - totals.extracted, 'sample')} of it are in no feature set yet; features come before scores.` : undefined;
  return (
    <Link href={place} title={title} className={buttonClass('ghost', 'sm')}>
      {step === 'extract' ? 'Extract features' : step === 'score' ? 'Score them' : 'Scores'}
    </Link>
  );
}

/** Of a private project: images of an ended batch that another browser made are made again here. */
function MakeAgain({ projectId, batch }: { projectId: string; batch: Generation }) {
  const lacked = useLacked(projectId, batch);
  if (lacked === 0) return null;
  return (
    <Button size="sm" variant="ghost" icon={MonitorPlay} title={`${countOf(lacked, 'image')} of this batch are not in this browser.`} onClick={() => void computeQueue.add([batchItem(projectId, batch)])}>
      Make again here
    </Button>
  );
}
