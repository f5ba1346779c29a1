'use client';

import { useCallback, useMemo, useState } from 'react';
import type { PromptSelectionSettings, PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import { bestFirst, candidatesCsv, candidatesInWords, sortedLines, type LineSort, type Task } from '@/lib/figures/selection/candidate-lines';
import { filledPairs, promptGuides, promptLines } from '@/lib/figures/selection/prompt-lines';
import { demonstrationNote, pickLine, promptDoubts, promptRealLine, promptSizesLine } from '@/lib/figures/selection/prompt-words';
import { candidatesHeight, candidatesPlot } from '@/lib/figures/selection/selection-plots';
import { FigurePlot } from '../../charts/figure-plot';
import type { Tones } from '../../charts/use-tones';
import { SampleDrawer } from '../../samples/sample-drawer';
import { Segmented } from '../../ui/segmented';
import { useUrlState } from '../../ui/use-url-state';
import { CandidateTable } from '../candidate-table';
import { Doubts } from '../doubts';
import { EvaluatorsPart } from './evaluators-part';
import { ExplainingPart } from './explaining-part';
import { ImageScoresPart } from './image-scores-part';

type ResultProps = { projectId: string; selectionId: string; settings: PromptSelectionSettings; summary: PromptSelectionSummary };

/** What a selection of prompts found: the pick in words, every pair drawn and in numbers, the evaluators, the samples behind it. */
export function PromptResult({ projectId, selectionId, settings, summary }: ResultProps) {
  const [params, setUrl] = useUrlState();
  const task: Task = params.get('task') === 'closest' ? 'closest' : 'rest';
  const lines = useMemo(() => bestFirst(promptLines({ settings, summary }, task)), [settings, summary, task]);
  const guides = useMemo(() => promptGuides(summary), [summary]);
  const [sort, setSort] = useState<LineSort>({ key: 'auroc', descending: true });
  const draw = useCallback((tones: Tones) => candidatesPlot(lines, guides, tones), [lines, guides]);
  const hasReal = summary.sizes.real !== null;
  const open = (sampleId: string) => setUrl({ sample: sampleId });
  return (
    <>
      <Verdict settings={settings} summary={summary} />
      {hasReal && (
        <Segmented<Task>
          label="Real anomalies that count"
          size="sm"
          value={task}
          onChange={(value) => setUrl({ task: value === 'rest' ? null : value })}
          options={[
            { value: 'rest', label: 'All real' },
            { value: 'closest', label: 'Hardest defect type' },
          ]}
        />
      )}
      <FigurePlot title="Pairs" description={candidatesInWords(lines, 'each pair')} draw={draw} csv={() => candidatesCsv(lines)} height={candidatesHeight(lines.length)} minWidth={420} />
      <CandidateTable label="Pairs: normal / anomalous text" what="Normal / anomalous text" lines={sortedLines(lines, sort)} sort={sort} onSort={setSort} hasReal={hasReal} hasIntervals />
      {summary.evaluators.length > 0 && <EvaluatorsPart settings={settings} summary={summary} />}
      <ExplainingPart projectId={projectId} summary={summary} onOpen={open} />
      <ImageScoresPart projectId={projectId} selectionId={selectionId} head={summary.head} onOpen={open} />
      <SampleDrawer projectId={projectId} sampleId={params.get('sample')} onClose={() => setUrl({ sample: null })} onStep={null} />
    </>
  );
}

function Verdict({ settings, summary }: Pick<ResultProps, 'settings' | 'summary'>) {
  const { normal, anomalous } = filledPairs(settings)[summary.pick.index]!;
  const real = promptRealLine({ settings, summary });
  return (
    <div className="flex flex-col gap-2">
      <p className="text-lead">
        The pick is <span className="font-medium">“{normal}”</span> against <span className="font-medium">“{anomalous}”</span>.
      </p>
      <p>
        {pickLine(summary)} {real}
      </p>
      <p className="text-small text-muted">{promptSizesLine(summary)}</p>
      <Doubts reasons={[...(settings.demonstration ? [demonstrationNote] : []), ...promptDoubts(summary)]} />
    </div>
  );
}
