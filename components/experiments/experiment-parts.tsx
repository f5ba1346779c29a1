'use client';

import { useMemo } from 'react';
import { z } from 'zod';
import { protocolMetrics } from '@/lib/anomaly/protocol/result';
import type { Experiment } from '@/lib/api/contracts/experiments';
import { evaluatorsIn, kindsOf, type JudgedResult, type SetGroup } from '@/lib/figures/experiments/results';
import { countOf } from '@/lib/figures/format';
import { Segmented } from '../ui/segmented';
import { Tabs } from '../ui/tabs';
import { useUrlState } from '../ui/use-url-state';
import { AgreementPart } from './agreement-part';
import { CellsPart } from './cells-part';
import { CurvesPart } from './curves-part';
import { PriorPart } from './prior-part';
import { RankPart } from './rank-part';
import { SetsPart } from './sets-part';

const partSchema = z.enum(['table', 'sets', 'curves', 'prior', 'agreement', 'cells']).catch('table');
type PartId = z.infer<typeof partSchema>;
const groupSchema = z.enum(['all', 'image', 'tabular']).catch('all');
const metricSchema = z.enum(protocolMetrics).catch('aucQlt');

const labels: Record<PartId, string> = { table: 'Ranks', sets: 'Sets', curves: 'Learning curves', prior: 'Prior', agreement: 'Agreement', cells: 'Cells' };

/** What every part of the page is given. */
export type PartProps = {
  readonly experiment: Experiment;
  /** Results of the chosen group of sets. */
  readonly results: readonly JudgedResult[];
  /** Evaluators that have results, in the order of the settings. */
  readonly evaluators: readonly string[];
  /** What stands in the names of files: the experiment and the group. */
  readonly stem: string;
};

/** The parts of an experiment; the chosen one, the group, the set and the metric are in the address. */
export function ExperimentParts({ projectId, experiment, results }: { projectId: string; experiment: Experiment; results: readonly JudgedResult[] }) {
  const [params, setUrl] = useUrlState();
  const part = partSchema.parse(params.get('part'));
  const kinds = kindsOf(experiment.sets);
  const asked = groupSchema.parse(params.get('group'));
  const groupable = kinds.length > 1 && part !== 'curves' && part !== 'cells';
  const group: SetGroup = groupable ? asked : 'all';
  const shown = useMemo(() => (group === 'all' ? results : results.filter(({ kind }) => kind === group)), [results, group]);
  const evaluators = useMemo(() => evaluatorsIn(shown, experiment.settings.evaluators), [shown, experiment.settings.evaluators]);
  const stem = group === 'all' ? experiment.name : `${experiment.name} ${group}`;
  const props: PartProps = { experiment, results: shown, evaluators, stem };
  const tabs = partSchema.unwrap().options.map((value) => ({ value, label: labels[value] }));
  return (
    <Tabs label="Parts of the experiment" value={part} onChange={(next) => setUrl({ part: next === 'table' ? null : next })} tabs={tabs}>
      {groupable && (
        <div className="mb-3 flex flex-wrap items-center gap-3">
          <Segmented
            label="Sets"
            value={group}
            onChange={(next) => setUrl({ group: next === 'all' ? null : next })}
            options={[{ value: 'all', label: 'All sets' }, { value: 'image', label: 'Image' }, { value: 'tabular', label: 'Tabular' }]}
          />
          <span className="text-small text-muted">{countOf(experiment.sets.filter(({ kind }) => group === 'all' || kind === group).length, 'set')}</span>
        </div>
      )}
      {shown.length === 0 ? (
        <p className="py-6 text-muted">No cell of this group is ready yet. Choose all sets, or wait.</p>
      ) : (
        <PartBody part={part} props={props} projectId={projectId} setId={params.get('set')} metric={metricSchema.parse(params.get('metric'))} onUrl={setUrl} />
      )}
    </Tabs>
  );
}

type BodyProps = { part: PartId; props: PartProps; projectId: string; setId: string | null; metric: z.infer<typeof metricSchema>; onUrl: (change: Record<string, string | null>) => void };

function PartBody({ part, props, projectId, setId, metric, onUrl }: BodyProps) {
  switch (part) {
    case 'table':
      return <RankPart {...props} />;
    case 'sets':
      return <SetsPart {...props} metric={metric} onMetric={(next) => onUrl({ metric: next === 'aucQlt' ? null : next })} />;
    case 'curves':
      return <CurvesPart {...props} projectId={projectId} setId={setId} onSet={(next) => onUrl({ set: next })} />;
    case 'prior':
      return <PriorPart {...props} />;
    case 'agreement':
      return <AgreementPart {...props} />;
    case 'cells':
      return <CellsPart {...props} />;
  }
}
