'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf, formatCount, formatPercent, formatUnit } from '@/lib/figures/format';
import type { MapPoints } from '@/lib/figures/map-figure';
import { roleNames, verdictNames, zoneNames, type ScoreTable } from '@/lib/figures/score-table';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { stagePath } from '../frame/stages';
import { SamplePicture } from '../vector/sample-picture';
import { cn } from '../ui/cn';
import { useSampleRow } from '../score/use-sample-row';
import { useWhy } from '../score/use-why';
import { WhyPane } from '../score/why-pane';
import { buttonClass } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { RoleMark, roles } from '../ui/role-mark';
import { VerdictMark, verdicts as verdictWords } from '../ui/verdict-mark';
import { ZoneMark, zones } from '../ui/zone-mark';

function Drawer({ label, title, onClose, children }: { label: string; title: ReactNode; onClose: () => void; children: ReactNode }) {
  return (
    <aside aria-label={label} className="flex min-h-0 w-[360px] shrink-0 flex-col border-l border-line bg-surface max-md:absolute max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:h-3/5 max-md:w-auto max-md:border-t max-md:border-l-0 max-md:bg-raised max-md:shadow-float">
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-1 pl-4">
        <div className="flex min-w-0 flex-1 items-center gap-2 font-medium">{title}</div>
        <IconButton icon={X} label="Close" shortcut="Esc" onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}

type SampleDrawerProps = { projectId: string; sampleId: string; run: Run | null; scores: ScoreTable | null; role: number; verdict: number; onClose: () => void };

/** The sample of a point: image, score, why. */
export function SampleDrawer({ projectId, sampleId, run, scores, role, verdict, onClose }: SampleDrawerProps) {
  const { data: row } = useSampleRow(projectId, sampleId);
  const { fileName = '…', features = null } = row ?? {};
  const roleName = roleNames[role]!;
  const scored = roleName === 'auxiliary' && scores?.rowOf.has(sampleId) === true;
  const why = useWhy(projectId, run?.id ?? null, sampleId, scored);
  const verdictName = verdictNames[verdict];
  return (
    <Drawer
      label="Sample"
      onClose={onClose}
      title={
        <>
          <RoleMark role={roleName} />
          <span className="truncate">{fileName}</span>
          {verdictName && <VerdictMark verdict={verdictName} />}
        </>
      }
    >
      <SamplePicture projectId={projectId} sampleId={sampleId} alt={fileName} variant="view" className={cn('w-full', features ? 'h-40 shrink-0' : 'aspect-square')} />
      {run && roleName === 'auxiliary' && (
        <div className="flex gap-2 border-b border-line px-4 py-2">
          <Link href={`${stagePath(projectId, 'scores')}?sample=${sampleId}`} className={buttonClass('secondary', 'sm')}>
            Open in scores
          </Link>
          <Link href={`${stagePath(projectId, 'review')}?sample=${sampleId}`} className={buttonClass('secondary', 'sm')}>
            Review from here
          </Link>
        </div>
      )}
      {run && scores ? <WhyPane projectId={projectId} sampleId={sampleId} run={run} table={scores} why={why} scored={scored} /> : <p className="p-4 text-muted">There is no score run for these features yet.</p>}
    </Drawer>
  );
}

type SelectionDrawerProps = { projectId: string; points: MapPoints; selection: Uint32Array; scores: ScoreTable | null; verdicts: VerdictColumns | null; onPick: (point: number) => void; onClose: () => void };

const shownAtMost = 60;

/** What a lasso holds: how many of which role, zone and decision, and the samples themselves. */
export function SelectionDrawer({ projectId, points, selection, scores, verdicts, onPick, onClose }: SelectionDrawerProps) {
  const tally = (codeOf: (point: number) => number | undefined) => {
    const counts = new Map<number, number>();
    for (const point of selection) {
      const code = codeOf(point);
      if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return counts;
  };
  const scoreCode = (codes: Uint8Array | undefined) => (point: number) => (points.scoreRow[point]! < 0 ? undefined : codes?.[points.scoreRow[point]!]);
  const byRole = tally((point) => points.role[point]);
  const byZone = tally(scoreCode(scores?.zone));
  const byVerdict = tally((point) => (roleNames[points.role[point]!] === 'auxiliary' ? scoreCode(verdicts?.verdict)(point) : undefined));
  const quality = (point: number) => (points.scoreRow[point]! < 0 || !scores ? Number.NaN : scores.quality[points.scoreRow[point]!]!);
  const ordered = Array.from(selection).sort((a, b) => (Number.isNaN(quality(a)) ? 1 : Number.isNaN(quality(b)) ? -1 : quality(b) - quality(a)));
  return (
    <Drawer label="Selection" onClose={onClose} title={`${countOf(selection.length, 'sample')} selected`}>
      <div className="flex flex-col gap-3 p-4">
        <Counts title="Role" total={selection.length} entries={roleNames.map((name, code) => ({ key: name, label: roles[name].label, mark: <RoleMark role={name} />, count: byRole.get(code) ?? 0 }))} />
        <Counts title="Zone" total={selection.length} entries={zoneNames.flatMap((name, code) => (name === null ? [] : [{ key: name, label: zones[name].label, mark: <ZoneMark zone={name} />, count: byZone.get(code) ?? 0 }]))} />
        <Counts
          title="Decision"
          total={selection.length}
          entries={verdictNames.map((name, code) => ({ key: name ?? 'none', label: name === null ? 'Undecided' : verdictWords[name].label, mark: name === null ? null : <VerdictMark verdict={name} />, count: byVerdict.get(code) ?? 0 }))}
        />
        <ul className="grid grid-cols-4 gap-1.5 border-t border-line pt-3">
          {ordered.slice(0, shownAtMost).map((point) => (
            <li key={point}>
              <button type="button" onClick={() => onPick(point)} className="block w-full overflow-hidden rounded-md border border-line hover:border-line-strong">
                <SamplePicture projectId={projectId} sampleId={points.ids[point]!} alt={`Sample${Number.isNaN(quality(point)) ? '' : ` of quality ${formatUnit(quality(point))}`}`} vector="glyph" lazy className="aspect-square w-full" />
              </button>
            </li>
          ))}
        </ul>
        {selection.length > shownAtMost && <p className="text-small text-muted">The {shownAtMost} of highest quality are shown.</p>}
      </div>
    </Drawer>
  );
}

type CountEntry = { key: string; label: string; mark: ReactNode; count: number };

function Counts({ title, total, entries }: { title: string; total: number; entries: readonly CountEntry[] }) {
  const present = entries.filter(({ count }) => count > 0);
  if (present.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-small font-medium text-muted">{title}</h3>
      <dl>
        {present.map(({ key, label, mark, count }) => (
          <div key={key} className="flex items-center gap-2 py-0.5">
            <dt className="flex flex-1 items-center gap-2">
              {mark}
              {label}
            </dt>
            <dd className="w-12 text-right font-medium">{formatCount(count)}</dd>
            <dd className="w-12 text-right text-muted">{formatPercent(count / total)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
