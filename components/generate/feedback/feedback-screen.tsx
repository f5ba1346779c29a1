'use client';

import { Crosshair, Download, Gauge, MessageSquareText, WandSparkles } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useState } from 'react';
import type { FeedbackParameter, GenerationFeedback } from '@/lib/api/contracts/feedback';
import { fileStem } from '@/lib/figures/csv';
import { feedbackCells, feedbackTable } from '@/lib/figures/feedback/feedback-csv';
import { feedbackPlot } from '@/lib/figures/feedback/feedback-plot';
import { countOf } from '@/lib/figures/format';
import { saveBlob } from '../../charts/download';
import { saveCsv } from '../../charts/figure-export';
import { FigurePlot } from '../../charts/figure-plot';
import type { Tones } from '../../charts/use-tones';
import { stagePath } from '../../frame/stages';
import { useProjectOverview } from '../../projects/use-projects';
import { runName } from '../../score/run-switcher';
import { useRuns } from '../../score/use-runs';
import { Button, buttonClass } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Menu, MenuItem } from '../../ui/menu';
import { Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Select } from '../../ui/select';
import { Skeleton } from '../../ui/skeleton';
import { useUrlState } from '../../ui/use-url-state';
import { CrossTable } from './cross-table';
import { FeedbackTable } from './feedback-table';
import { contrastSentence, generatorLabel, groupLabel, parameterLabel, shareWords } from './feedback-words';
import { Findings } from './findings';
import { useFeedback } from './use-feedback';

/** Parameters that are shown at first; those that stand out come first. */
const shownParameters = 8;

const keyOf = ({ source, name }: Pick<FeedbackParameter, 'source' | 'name'>) => `${source}/${name}`;

/** Which settings of a generator make unrealistic or indistinguishable samples. */
export function FeedbackScreen({ projectId }: { projectId: string }) {
  const [params, setUrl] = useUrlState();
  const { data: overview } = useProjectOverview(projectId);
  const { data, error, refetch, isFetching, isPlaceholderData } = useFeedback(projectId, { run: params.get('run'), generator: params.get('generator') });
  if (data === undefined || overview === undefined) {
    return error === null ? <Skeletons /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />;
  }
  if (data.generator === null || data.all === null) return <NothingGenerated projectId={projectId} isVector={overview.kind === 'vector'} />;
  return (
    <div aria-busy={isPlaceholderData} className="flex flex-col gap-5">
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />}
      <Controls projectId={projectId} feedback={data} onChange={setUrl} />
      <Lacks projectId={projectId} feedback={data} />
      <Findings projectId={projectId} feedback={data} canMake={overview.kind === 'image'} />
      <Parameters generator={data.generator} feedback={data} />
      <CrossTable projectId={projectId} runId={data.run?.id ?? null} generator={data.generator} all={data.all} />
    </div>
  );
}

function Skeletons() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-8" />
      <Skeleton className="h-28" />
      <Skeleton className="h-[34rem]" />
    </div>
  );
}

function NothingGenerated({ projectId, isVector }: { projectId: string; isVector: boolean }) {
  return (
    <EmptyState
      icon={MessageSquareText}
      title="No generated samples"
      action={
        <Link href={stagePath(projectId, isVector ? 'samples' : 'generate')} className={buttonClass('primary')}>
          <WandSparkles aria-hidden className="size-4" />
          {isVector ? 'Add samples' : 'Make a batch'}
        </Link>
      }
    >
      {isVector ? 'Add auxiliary rows that name their generator and its parameters' : 'Make a batch here, or upload auxiliary samples with a table that names their generator and its parameters'}; what scores and people say of them stands here then.
    </EmptyState>
  );
}

type ControlProps = { projectId: string; feedback: GenerationFeedback; onChange: (change: Record<string, string>) => void };

function Controls({ projectId, feedback, onChange }: ControlProps) {
  const { data: runs } = useRuns(projectId);
  const { generators, generator, run } = feedback;
  const name = `Feedback on ${generatorLabel(generator ?? '')}`;
  const ready = (runs ?? []).filter(({ state }) => state === 'ready');
  return (
    <div className="flex flex-wrap items-end gap-3">
      <label className="flex min-w-0 flex-col gap-1 text-small font-medium">
        Generator
        <Select value={generator ?? ''} onChange={(value) => onChange({ generator: value })} options={generators.map((one) => ({ value: one.name, label: `${generatorLabel(one.name)}, ${countOf(one.samples, 'sample')}` }))} />
      </label>
      {run !== null && ready.length > 0 && (
        <label className="flex min-w-0 max-w-full flex-col gap-1 text-small font-medium">
          Zones and quality by
          <Select value={run.id} onChange={(value) => onChange({ run: value })} options={ready.map((one) => ({ value: one.id, label: runName(one) }))} className="max-w-full" />
        </label>
      )}
      <span className="ml-auto max-sm:ml-0">
        <Menu align="end" trigger={<Button icon={Download} aria-label={`Export ${name}`}>Export</Button>}>
          <MenuItem onSelect={() => saveCsv(name, feedbackTable(feedback))}>Table as CSV</MenuItem>
          <MenuItem onSelect={() => saveCsv(`${name} reasons by zone`, feedbackCells(feedback))}>Reasons by zone as CSV</MenuItem>
          <MenuItem onSelect={() => saveBlob(new Blob([JSON.stringify(feedback, null, 2)], { type: 'application/json' }), `${fileStem(name)}.json`)}>Everything as JSON</MenuItem>
        </Menu>
      </span>
    </div>
  );
}

/** What is missing before all can be said, with the way there. */
function Lacks({ projectId, feedback: { run, all } }: { projectId: string; feedback: GenerationFeedback }) {
  if (all === null) return null;
  const { accepted, rejected } = all.verdicts;
  const unscored = all.total - all.scored;
  const lacks = [
    ...(run === null
      ? [{ key: 'run', words: 'No run has scored samples yet: zones and quality are missing.', action: 'Score samples', icon: Gauge, to: 'scores' }]
      : unscored > 0
        ? [{ key: 'scores', words: `${countOf(unscored, 'sample')} of the generator ${unscored === 1 ? 'is' : 'are'} not in this run: extract their features and score again.`, action: 'Extract features', icon: Gauge, to: 'features' }]
        : []),
    ...(accepted + rejected === 0 ? [{ key: 'decisions', words: 'Nobody has accepted or rejected any of these samples yet: reasons are missing.', action: 'Review them', icon: Crosshair, to: 'review' }] : []),
  ];
  if (lacks.length === 0) return null;
  return (
    <ul aria-label="What is missing" className="divide-y divide-line rounded-md border border-line">
      {lacks.map(({ key, words, action, icon: Icon, to }) => (
        <li key={key} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2">
          <span>{words}</span>
          <Link href={stagePath(projectId, to)} className={buttonClass('secondary', 'sm')}>
            <Icon aria-hidden className="size-4" />
            {action}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Parameters({ generator, feedback }: { generator: string; feedback: GenerationFeedback }) {
  const { all, parameters, standsOut, constant, leftOut } = feedback;
  const [showAll, setShowAll] = useState(false);
  const order = [...new Set([...standsOut, ...parameters].map(keyOf))];
  const ordered = order.flatMap((key) => parameters.find((parameter) => keyOf(parameter) === key) ?? []);
  if (all === null) return null;
  const shown = showAll ? ordered : ordered.slice(0, shownParameters);
  const same = constant.map((one) => `${parameterLabel(generator, one)} ${one.value}`).join(', ');
  return (
    <Section title="By parameter" summary="Zones are shares of the scored samples of a line, verdicts and reasons of those accepted or rejected; beside each share the number of samples. Numbers stand in bins of about the same size.">
      {ordered.length === 0 ? (
        <p className="py-4 text-muted">These samples came without parameters that differ. Make batches with several settings, or upload a table with the column “parameters”, to compare them.</p>
      ) : (
        <>
          <Chart generator={generator} feedback={feedback} ordered={ordered} />
          <FeedbackTable generator={generator} all={all} parameters={shown} />
          {ordered.length > shown.length && (
            <Button className="mt-3" onClick={() => setShowAll(true)}>
              Show all {ordered.length} parameters
            </Button>
          )}
        </>
      )}
      {same !== '' && <p className="mt-3 text-small text-muted">The same for all samples: {same}.</p>}
      {leftOut > 0 && <p className="mt-1 text-small text-muted">{countOf(leftOut, 'parameter')} left out: a value of its own for each sample says nothing.</p>}
    </Section>
  );
}

function Chart({ generator, feedback, ordered }: { generator: string; feedback: GenerationFeedback; ordered: readonly FeedbackParameter[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const parameter = ordered.find((one) => keyOf(one) === chosen) ?? ordered[0]!;
  const label = parameterLabel(generator, parameter);
  const draw = useCallback(
    (tones: Tones) => feedbackPlot(label, parameter.groups.map((group) => ({ label: groupLabel(group), group })), tones),
    [label, parameter],
  );
  const contrast = feedback.standsOut.find((one) => keyOf(one) === keyOf(parameter));
  const words = parameter.groups.map((group) => `${groupLabel(group)}: ${group.shares.unrealistic === null ? 'not scored' : `${shareWords(group.shares.unrealistic)} unrealistic`}`).join('. ');
  return (
    <div className="mb-5">
      <label className="mb-2 flex w-fit max-w-full items-center gap-2 text-small font-medium">
        Parameter
        <Select value={keyOf(parameter)} onChange={setChosen} size="sm" options={ordered.map((one) => ({ value: keyOf(one), label: optionLabel(generator, one, ordered) }))} />
      </label>
      <FigurePlot
        title={`${generatorLabel(generator)}: outcomes by ${label}`}
        description={`${contrast === undefined ? '' : `${contrastSentence(generator, contrast, feedback.parameters)} `}${words}.`}
        draw={draw}
        csv={() => feedbackTable({ ...feedback, all: null, parameters: [parameter] })}
        height={320}
        minWidth={Math.min(720, 120 + parameter.groups.length * 64)}
      />
    </div>
  );
}

/** Two parameters may bear one name: one was set, the other kept. */
function optionLabel(generator: string, parameter: FeedbackParameter, all: readonly FeedbackParameter[]): string {
  const label = parameterLabel(generator, parameter);
  const twice = all.filter((one) => parameterLabel(generator, one) === label).length > 1;
  return twice ? `${label} (${parameter.source})` : label;
}
