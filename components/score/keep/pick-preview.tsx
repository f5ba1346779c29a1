'use client';

import { Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { DiversePickDetail, DiversePickSummary, PickFigures } from '@/lib/api/contracts/keep';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf, formatCount, formatNumber } from '@/lib/figures/format';
import { plainTop } from '@/lib/figures/keep/pick-map';
import { pickSentence, weightWords } from '@/lib/figures/keep/pick-words';
import { runTitle } from '@/lib/figures/run-name';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { BulkVerbs } from '../../review/bulk-verbs';
import { Button } from '../../ui/button';
import { useSampleRow } from '../use-sample-row';
import { SamplePicture } from '../../vector/sample-picture';
import type { Cut } from '../cut/use-cut';
import { PickMapPart } from './pick-map-part';

type PickPreviewProps = { projectId: string; pick: DiversePickDetail; summary: DiversePickSummary; run: Run; cut: Cut; verdicts: VerdictColumns; mayAct: boolean; onDiscard: () => void };

/** What a diverse choice is like beside the plain top of the same size, where it lies on the map, its samples, and the verbs. */
export function PickPreview({ projectId, pick, summary, run, cut, verdicts, mayAct, onDiscard }: PickPreviewProps) {
  const { sampleIds, settings, ofSelection } = pick;
  // The plain top of a selection that was picked from once is not known any more.
  const top = useMemo(() => (ofSelection ? [] : plainTop(cut.table, verdicts, cut.ranking(), settings, sampleIds)), [ofSelection, cut, verdicts, settings, sampleIds]);
  const name = `${formatCount(sampleIds.length)} diverse by ${runTitle(run)}`;
  return (
    <section aria-label="Preview of the choice" className="flex flex-col gap-4 rounded-md border border-line p-4">
      <div>
        <h3 className="text-lead font-medium">
          {formatCount(sampleIds.length)} picked of {formatCount(summary.pool)}, {weightWords(settings.weight)}
        </h3>
        <p className="max-w-3xl text-pretty text-muted">{pickSentence(summary)}</p>
      </div>
      {mayAct && (
        <div className="flex flex-wrap items-center gap-2">
          <BulkVerbs projectId={projectId} target={{ ids: sampleIds }} count={sampleIds.length} runId={run.id} name={name} />
          <Button size="sm" variant="ghost" icon={Trash2} onClick={onDiscard}>
            Discard
          </Button>
        </div>
      )}
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <PickMapPart projectId={projectId} featureSetId={run.featureSetId} picked={sampleIds} top={top} />
        <FiguresTable summary={summary} />
      </div>
      <Thumbnails projectId={projectId} ids={sampleIds} />
    </section>
  );
}

const lines: readonly { label: string; text: (figures: PickFigures) => string }[] = [
  { label: 'Mean quality', text: ({ meanQuality }) => formatNumber(meanQuality) },
  { label: 'Mean distance of the pool to the nearest picked', text: ({ meanCoverage }) => formatNumber(meanCoverage) },
  { label: 'Farthest of the pool from any picked', text: ({ largestCoverage }) => formatNumber(largestCoverage) },
  { label: 'Nearest two picked', text: ({ minDistance }) => formatNumber(minDistance) },
  { label: 'Near copies of a better one', text: ({ nearCopies }) => formatCount(nearCopies) },
];

function FiguresTable({ summary: { diverse, top, before, accepted } }: { summary: DiversePickSummary }) {
  const cell = 'px-2 py-1 text-right tabular-nums';
  return (
    <div className="overflow-x-auto" role="region" aria-label="The choice beside the plain top" tabIndex={0}>
      <table className="w-full text-small">
        <thead className="text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="px-2 py-1 text-left font-medium">
              In feature space
            </th>
            <th scope="col" className={`${cell} font-medium`}>
              Diverse
            </th>
            <th scope="col" className={`${cell} font-medium whitespace-nowrap`}>
              Plain top {formatCount(top.picked)}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {lines.map(({ label, text }) => (
            <tr key={label}>
              <th scope="row" className="px-2 py-1 text-left font-normal">
                {label}
              </th>
              <td className={cell}>{text(diverse)}</td>
              <td className={cell}>{text(top)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {before !== null && <p className="mt-2 px-2 text-small text-muted">{`The ${countOf(accepted, 'sample')} accepted before leave the pool ${formatNumber(before.meanCoverage)} away on average, ${formatNumber(before.largestCoverage)} at most.`}</p>}
    </div>
  );
}

const firstShown = 48;

function Thumbnails({ projectId, ids }: { projectId: string; ids: readonly string[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? ids.slice(0, 480) : ids.slice(0, firstShown);
  return (
    <div>
      <h4 className="mb-1 text-small font-medium">In the order in which they were picked</h4>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(64px,1fr))] gap-1.5">
        {shown.map((id, at) => (
          <li key={id}>
            <PickedPicture projectId={projectId} sampleId={id} place={at + 1} />
          </li>
        ))}
      </ul>
      {shown.length < ids.length && (
        <p className="mt-2 text-small text-muted">
          The first {formatCount(shown.length)} of {formatCount(ids.length)} are shown.{' '}
          {!all && (
            <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
              Show more
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

function PickedPicture({ projectId, sampleId, place }: { projectId: string; sampleId: string; place: number }) {
  const { data } = useSampleRow(projectId, sampleId);
  return <SamplePicture projectId={projectId} sampleId={sampleId} alt={`${formatCount(place)}: ${data?.fileName ?? 'sample'}`} vector="glyph" lazy className="aspect-square w-full rounded-sm border border-line" />;
}
