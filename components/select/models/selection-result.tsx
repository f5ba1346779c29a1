'use client';

import { useCallback, useMemo, useState } from 'react';
import type { ModelSelection, ModelSelectionSummary } from '@/lib/api/contracts/selections';
import { candidatesCsv, candidatesInWords, sortedLines, type LineSort, type Task } from '@/lib/figures/selection/candidate-lines';
import { modelGuides, modelLines } from '@/lib/figures/selection/model-lines';
import { doubts, pickSentence, realSentence } from '@/lib/figures/selection/model-words';
import { candidatesHeight, candidatesPlot } from '@/lib/figures/selection/selection-plots';
import { FigurePlot } from '../../charts/figure-plot';
import type { Tones } from '../../charts/use-tones';
import { Segmented } from '../../ui/segmented';
import { useUrlState } from '../../ui/use-url-state';
import { CandidateTable } from '../candidate-table';
import { Doubts } from '../doubts';
import { AgreementPart } from './agreement-part';
import { CertaintyPart } from './certainty-part';
import { DecidingPart } from './deciding-part';
import { NeighbourMapPart } from './neighbour-map-part';
import { WhatItMeans } from './what-it-means';

type SelectionResultProps = { projectId: string; selection: ModelSelection; summary: ModelSelectionSummary };

/** What a selection found: the pick in words, all candidates drawn and in numbers, and how far to trust it. */
export function SelectionResult({ projectId, selection, summary }: SelectionResultProps) {
  const view = useView(summary);
  const lines = useMemo(() => modelLines(summary, view.hardest, view.task), [summary, view.hardest, view.task]);
  const guides = useMemo(() => modelGuides(summary, view.hardest, view.task), [summary, view.hardest, view.task]);
  const [sort, setSort] = useState<LineSort>({ key: 'auroc', descending: true });
  const draw = useCallback((tones: Tones) => candidatesPlot(lines, guides, tones), [lines, guides]);
  const hasReal = summary.sizes.real !== null;
  const title = view.hardest === null ? 'Candidates' : `Candidates by the ${view.hardest} hardest anomalies`;
  return (
    <>
      <Verdict summary={summary} />
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {view.counts.length > 1 && <Segmented label="Synthetic anomalies that count" size="sm" value={String(view.hardest ?? 'all')} onChange={view.setHardest} options={view.counts.map((count) => ({ value: String(count ?? 'all'), label: count === null ? 'All anomalies' : `Hardest ${count}` }))} />}
        {hasReal && (
          <Segmented<Task>
            label="Real anomalies that count"
            size="sm"
            value={view.task}
            onChange={view.setTask}
            options={[
              { value: 'rest', label: 'All real' },
              { value: 'closest', label: 'Hardest defect type' },
            ]}
          />
        )}
      </div>
      <FigurePlot title={title} description={candidatesInWords(lines, 'each candidate')} draw={draw} csv={() => candidatesCsv(lines)} height={candidatesHeight(lines.length)} />
      <CandidateTable label={title} lines={sortedLines(lines, sort)} sort={sort} onSort={setSort} hasReal={hasReal} hasIntervals={view.hardest === null} />
      <CertaintyPart summary={summary} />
      <div className="grid gap-6 border-t border-line pt-4 xl:grid-cols-2">
        {hasReal && lines.length > 1 && <AgreementPart lines={lines} />}
        <NeighbourMapPart projectId={projectId} selectionId={selection.id} pickName={lines.find(({ index }) => index === summary.pick)?.name ?? 'the pick'} />
      </div>
      <DecidingPart projectId={projectId} summary={summary} />
      <WhatItMeans />
    </>
  );
}

/** Which anomalies count, in the address. */
function useView({ variants }: ModelSelectionSummary) {
  const [params, setUrl] = useUrlState();
  const counts = variants.map(({ count }) => count);
  const hardest = counts.find((count) => count !== null && String(count) === params.get('hardest')) ?? null;
  const task: Task = params.get('task') === 'closest' ? 'closest' : 'rest';
  return {
    counts,
    hardest,
    task,
    setHardest: (value: string) => setUrl({ hardest: value === 'all' ? null : value }),
    setTask: (value: Task) => setUrl({ task: value === 'rest' ? null : value }),
  };
}

function Verdict({ summary }: { summary: ModelSelectionSummary }) {
  const real = realSentence(summary);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-lead">
        <span className="font-medium">{pickSentence(summary)}</span> {real}
      </p>
      <Doubts reasons={doubts(summary)} />
    </div>
  );
}
