'use client';

import { useMemo, useState } from 'react';
import type { PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import { formatCount, formatNumber, formatUnit } from '@/lib/figures/format';
import { filteredScores, type ImageScore, type ScoreFilter } from '@/lib/figures/selection/image-scores';
import { useSampleRow } from '../../score/use-sample-row';
import { Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { RoleMark } from '../../ui/role-mark';
import { Segmented } from '../../ui/segmented';
import { Skeleton } from '../../ui/skeleton';
import { VirtualList } from '../../ui/virtual-list';
import { SamplePicture } from '../../vector/sample-picture';
import { usePromptScores } from './use-prompts';

type ScoresProps = { projectId: string; selectionId: string; head: PromptSelectionSummary['head']; onOpen: (sampleId: string) => void };

const rowHeight = 44;

/** What the picked pair says of every image, most anomalous first; a line opens the sample. */
export function ImageScoresPart({ projectId, selectionId, head, onOpen }: ScoresProps) {
  const { data, error, refetch, isFetching } = usePromptScores(projectId, selectionId);
  const [filter, setFilter] = useState<ScoreFilter>('all');
  const shown = useMemo(() => filteredScores(data ?? [], filter), [data, filter]);
  return (
    <Section
      title="Zero-shot score of every image"
      summary={head === 'sigmoid' ? 'Share of the anomalous text against the normal one; beside it what the model says of each text by itself. Ordered by the difference of the cosines.' : 'Share of the anomalous text against the normal one, ordered by the difference of the cosines: the share soon reads 0 or 1.'}
      actions={
        <Segmented<ScoreFilter>
          label="Images"
          size="sm"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: 'All' },
            { value: 'real', label: 'Anomalies' },
            { value: 'synthetic', label: 'Auxiliary' },
            { value: 'normal', label: 'Normals' },
          ]}
        />
      }
    >
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data === undefined && error === null && <Skeleton className="h-80" />}
      {data !== undefined && (
        <>
          <p className="pb-1 text-small text-muted">{shown.length === data.length ? `${formatCount(data.length)} images` : `${formatCount(shown.length)} of ${formatCount(data.length)} images`}</p>
          {shown.length === 0 ? (
            <p className="text-muted">No image of this kind has a vector.</p>
          ) : (
            <VirtualList key={filter} count={shown.length} rowHeight={rowHeight} label="Zero-shot scores" className="h-[min(440px,60vh)] border-y border-line">
              {(index) => <ScoreRow projectId={projectId} rank={index + 1} line={shown[index]!} onOpen={onOpen} />}
            </VirtualList>
          )}
        </>
      )}
    </Section>
  );
}

const partWords: Record<NonNullable<ImageScore['part']>, string> = { seed: 'seed', 'held-out': 'held out', synthetic: 'synthetic', 'real-anomaly': '', 'real-normal': '' };

function ScoreRow({ projectId, rank, line, onOpen }: { projectId: string; rank: number; line: ImageScore; onOpen: (sampleId: string) => void }) {
  const { data: sample } = useSampleRow(projectId, line.sampleId);
  const { role, part, defectType, score, difference, native } = line;
  return (
    <button type="button" onClick={() => onOpen(line.sampleId)} className="flex h-11 w-full items-center gap-3 border-b border-line px-2 text-left hover:bg-hover focus-visible:outline-offset-[-2px]">
      <span className="w-10 shrink-0 text-right text-small text-muted">{rank}</span>
      <SamplePicture projectId={projectId} sampleId={line.sampleId} alt="" lazy className="size-9 shrink-0 rounded-sm" />
      <RoleMark role={role} className="shrink-0" />
      <span className="min-w-0 flex-1 truncate">
        {sample?.fileName ?? ''} <span className="text-small text-muted">{[defectType, part === null ? '' : partWords[part]].filter((word) => word !== '').join(', ')}</span>
      </span>
      {native !== null && (
        <span className="shrink-0 text-right text-small text-muted max-md:hidden" title="What the model says of the normal and of the anomalous text">
          {formatUnit(native.normal, 3)} / {formatUnit(native.anomalous, 3)}
        </span>
      )}
      <span className="w-20 shrink-0 text-right text-small text-muted max-md:hidden" title="Difference of the cosines">
        {formatNumber(difference)}
      </span>
      <span className="w-14 shrink-0 text-right font-medium" title="Zero-shot score">
        {formatUnit(score, 3)}
      </span>
    </button>
  );
}
