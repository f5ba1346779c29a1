'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import type { AlignedRuns } from '@/lib/figures/evaluators/agreement';
import { idsOf, largestDisagreements, makesChange, type Disagreement, type ZoneChange } from '@/lib/figures/evaluators/disagreements';
import { countOf, formatCount } from '@/lib/figures/format';
import { standing } from '@/lib/figures/other-opinions';
import { zoneNames } from '@/lib/figures/score-table';
import { BulkVerbs } from '../../review/bulk-verbs';
import { Button } from '../../ui/button';
import { ZoneMark } from '../../ui/zone-mark';
import { SamplePicture } from '../../vector/sample-picture';
import { scoresPath } from '../score-tabs';
import { useSampleRow } from '../use-sample-row';

/** So many stand in the list. */
const listed = 50;

type ListProps = { projectId: string; aligned: AlignedRuns; runs: readonly [Run, Run]; names: readonly [string, string]; change: ZoneChange | null; onAll: () => void };

/** The samples that the two runs rank most differently, or those of one change of zone; each opens in the ranking. */
export function DisagreementList({ projectId, aligned, runs, names, change, onAll }: ListProps) {
  const wanted = useMemo(() => (change === null ? null : makesChange(aligned, change)), [aligned, change]);
  const lines = useMemo(() => largestDisagreements(aligned, wanted ?? undefined, listed), [aligned, wanted]);
  const ids = useMemo(() => (wanted === null ? lines.map(({ sampleId }) => sampleId) : idsOf(aligned, wanted)), [aligned, wanted, lines]);
  const title = change === null ? 'Largest disagreements' : `From ${change.from} to ${change.to}`;
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{title}</h3>
        {change !== null && (
          <Button size="sm" onClick={onAll}>
            All changes
          </Button>
        )}
      </div>
      <p className="text-small text-muted">
        {change === null ? `The ${countOf(lines.length, 'sample')} whose percentiles differ most.` : `${countOf(ids.length, 'sample')}${ids.length > listed ? `, the ${formatCount(listed)} whose percentiles differ most` : ''}.`} A: {names[0]}; B: {names[1]}.
      </p>
      <BulkVerbs projectId={projectId} target={{ ids }} count={ids.length} runId={runs[0].id} name={change === null ? `${names[0]} against ${names[1]}` : `${change.from} by ${names[0]}, ${change.to} by ${names[1]}`} />
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-2">
        {lines.map((line) => (
          <DisagreementLine key={line.sampleId} projectId={projectId} line={line} aligned={aligned} href={`${scoresPath(projectId, null, runs[0].id)}&sample=${line.sampleId}`} />
        ))}
      </ol>
    </section>
  );
}

function DisagreementLine({ projectId, line: { row, sampleId, a, b }, aligned, href }: { projectId: string; line: Disagreement; aligned: AlignedRuns; href: string }) {
  const { data: sample } = useSampleRow(projectId, sampleId);
  const name = sample?.fileName ?? '…';
  return (
    <li>
      <Link href={href} prefetch={false} className="flex gap-2 rounded-md border border-line bg-surface p-1.5 hover:border-line-strong" aria-label={`${name}: ${standing(a)} by A, ${standing(b)} by B`}>
        <SamplePicture projectId={projectId} sampleId={sampleId} alt="" lazy vector="glyph" style={{ width: 56, height: 56 }} className="shrink-0 rounded-sm" />
        <span className="flex min-w-0 flex-1 flex-col justify-center gap-0.5 text-small">
          <span className="truncate">{name}</span>
          <Percentile letter="A" value={a} zone={aligned.runs[0]!.zone[row]!} />
          <Percentile letter="B" value={b} zone={aligned.runs[1]!.zone[row]!} />
        </span>
      </Link>
    </li>
  );
}

function Percentile({ letter, value, zone }: { letter: string; value: number; zone: number }) {
  const known = zoneNames[zone] ?? null;
  return (
    <span className="grid grid-cols-[12px_minmax(0,1fr)_24px_14px] items-center gap-1.5">
      <span className="text-muted">{letter}</span>
      <span aria-hidden className="relative h-1.5 rounded-full bg-sunken">
        <span className="absolute inset-y-0 left-0 rounded-full bg-accent/70" style={{ width: `${value}%` }} />
      </span>
      <span className="text-right">{Math.round(value)}</span>
      <span className="flex">{known && <ZoneMark zone={known} />}</span>
    </span>
  );
}
