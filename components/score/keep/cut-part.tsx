'use client';

import { Scissors } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { KeepCurve, KeepSummary } from '@/lib/api/contracts/keep';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { Run } from '@/lib/api/contracts/runs';
import { firstCut, type CutFacts } from '@/lib/figures/cut';
import { countOf, formatCount, formatPercent } from '@/lib/figures/format';
import { curveCount, curveKey, curveName, expectedAt, expectedText } from '@/lib/figures/keep/curves';
import { runTitle } from '@/lib/figures/run-name';
import { verdictNames, zoneNames } from '@/lib/figures/score-table';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { BulkVerbs } from '../../review/bulk-verbs';
import { Button, buttonClass } from '../../ui/button';
import { VerdictMark } from '../../ui/verdict-mark';
import { ZoneMark, zoneOrder } from '../../ui/zone-mark';
import { CutNumber } from '../cut/cut-bar';
import { useCutFacts } from '../cut/cut-facts';
import type { Cut } from '../cut/use-cut';
import { useVerbTarget } from '../cut/use-verb-target';
import { rankingPath } from './keep-path';
import type { KeepFigures } from './use-keep';

type CutPartProps = { overview: ProjectOverview; run: Run; cut: Cut; verdicts: VerdictColumns; figures: KeepFigures };

const everything = {};
const nothing = new Uint32Array();

/** The cut in numbers: how many, of what kind, how good a detector gets with them, and what can be done with them at once. */
export function CutPart({ overview, run, cut, verdicts, figures }: CutPartProps) {
  const facts = useCutFacts(cut, verdicts);
  const target = useVerbTarget(cut, everything, cut.keep === null ? nothing : cut.ranking().rows);
  if (facts === null) {
    return (
      <div>
        <Button icon={Scissors} onClick={() => cut.set(firstCut(cut.table, cut.ranking()))}>
          Set a cut
        </Button>
      </div>
    );
  }
  return (
    <section aria-label="The cut" className="flex flex-col gap-3 rounded-md border border-line p-4">
      <CutNumber cut={cut} />
      <div className="grid max-w-4xl gap-x-12 gap-y-3 md:grid-cols-2">
        <Inside facts={facts} copies={figures.copies} />
        {figures.analysis && <ExpectedTable summary={figures.analysis.summary} facts={facts} runId={run.id} />}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {target && overview.role !== 'viewer' && <BulkVerbs projectId={overview.id} target={{ rule: { runId: run.id, filter: target.filter } }} count={target.auxiliary} runId={run.id} name={`Best ${formatCount(facts.keep)} by ${runTitle(run)}`} />}
        <Link href={rankingPath(overview.id, run.id, cut.keep)} className={buttonClass('ghost')}>
          See them in the ranking
        </Link>
        <Button variant="ghost" onClick={() => cut.set(null)}>
          Remove the cut
        </Button>
      </div>
      {facts.tied > 0 && <p className="text-small text-muted">{`${countOf(facts.tied, 'more sample')} of exactly the quality of the last one: a rule by quality takes ${facts.tied === 1 ? 'it' : 'them'} too.`}</p>}
    </section>
  );
}

function Line({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-6 items-center gap-2">
      <dt className="flex-1">{term}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  );
}

function Inside({ facts, copies }: { facts: CutFacts; copies: Uint32Array | null }) {
  const { keep, zones, verdicts } = facts;
  const count = (value: number) => (
    <>
      {formatCount(value)} <span className="inline-block w-12 text-muted">{formatPercent(keep === 0 ? 0 : value / keep)}</span>
    </>
  );
  const zoned = zones.some((value, code) => code > 0 && value > 0);
  return (
    <dl>
      {zoned && zoneOrder.map((zone) => (
        <Line key={zone} term={<ZoneMark zone={zone} label />}>
          {count(zones[zoneNames.indexOf(zone)]!)}
        </Line>
      ))}
      {verdictNames.map((verdict, code) => (verdict !== null && verdicts[code] === 0 ? null : (
        <Line key={verdict ?? 'none'} term={verdict === null ? 'Undecided' : <VerdictMark verdict={verdict} label />}>
          {count(verdicts[code]!)}
        </Line>
      )))}
      {copies && <Line term="Near copies of a better one">{count(copies[keep]!)}</Line>}
    </dl>
  );
}

function ExpectedTable({ summary, facts: { keep, total }, runId }: { summary: KeepSummary; facts: CutFacts; runId: string }) {
  const at = curveCount(summary, keep, total);
  const name = (curve: KeepCurve) => `${curveName(curve)}${curve.runId === runId ? ', this ranking' : ''}`;
  return (
    <div>
      <p className="mb-1 text-small text-muted">Expected test accuracy with the best {formatCount(keep)} of</p>
      <dl>
        {summary.curves.map((curve) => (
          <Line key={curve.runId ?? curveKey(curve)} term={<span className={curve.runId === runId ? 'font-medium' : undefined}>{name(curve)}</span>}>
            {expectedText(expectedAt(curve, at))}
          </Line>
        ))}
      </dl>
    </div>
  );
}
