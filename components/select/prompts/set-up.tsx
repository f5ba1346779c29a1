'use client';

import { Pencil, Play } from 'lucide-react';
import { useState } from 'react';
import { cleanClassName } from '@/lib/anomaly/prompts/class-name';
import type { TextTowerDto } from '@/lib/api/contracts/image-text';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { Pool, StartPromptSelection } from '@/lib/api/contracts/prompt-selections';
import type { SyntheticSource } from '@/lib/api/contracts/selections';
import { countOf } from '@/lib/figures/format';
import { demonstrationNote } from '@/lib/figures/selection/prompt-words';
import { sourceAtFirst } from '@/lib/figures/selection/source-choice';
import { Button } from '../../ui/button';
import { cn } from '../../ui/cn';
import { controlBase } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { InlineChoice, Sentence } from '../inline-controls';
import { SourcePicker } from '../source-picker';
import { SplitSentence, splitNumbers, type SplitChoice } from '../split-sentence';
import { useSourceChoices, useTrainingNormals, type SourceChoices } from '../use-source-choices';
import { PromptAdvanced, type AdvancedPrompts } from './advanced-fields';
import { PoolDialog } from './pool-dialog';
import { usePools, useStartPromptSelection } from './use-prompts';

type SetUpProps = { overview: ProjectOverview; towers: readonly TextTowerDto[]; onStarted: (selectionId: string) => void };

/** What is compared and by what, in sentences; one press starts it with the settings as they stand. */
export function PromptSetUp(props: SetUpProps) {
  const { overview } = props;
  const pools = usePools(overview.id);
  const source = useSourceChoices(overview.id);
  const normals = useTrainingNormals(overview.id);
  const error = pools.error ?? source.error;
  if (pools.data === undefined || source.choices === undefined || normals === undefined) return error === null ? <Skeleton className="h-64" /> : <ProblemNote error={error} />;
  return <Form {...props} pools={pools.data} choices={source.choices} normals={normals} />;
}

type FormProps = SetUpProps & { pools: readonly Pool[]; choices: SourceChoices; normals: number };
type Choice = SplitChoice & { readonly towerId: string; readonly pool: string; readonly objectName: string; readonly synthetic: SyntheticSource } & AdvancedPrompts;

function Form({ overview, towers, pools, choices, normals, onStarted }: FormProps) {
  const [changed, setChanged] = useState<Partial<Choice>>({});
  const [editing, setEditing] = useState(false);
  const start = useStartPromptSelection(overview.id);
  const first: Choice = { towerId: towers[0]!.id, pool: pools[0]!.id, objectName: overview.objectName, synthetic: sourceAtFirst(choices), supportLimit: null, seedImages: null, seed: 0, draws: 1_000, evaluators: true, evaluatorFeatureSetId: null };
  const choice = { ...first, ...changed };
  const change = (part: Partial<Choice>) => setChanged((last) => ({ ...last, ...part }));
  const tower = towers.find(({ id }) => id === choice.towerId) ?? towers[0]!;
  const pool = pools.find(({ id }) => id === choice.pool) ?? pools[0]!;
  const input = inputOf(choice, tower, pool);
  const obstacle = normals < 4 ? `There are ${countOf(normals, 'training normal')}; a selection needs at least 4. Normals marked as test do not count.` : choice.objectName.trim() === '' ? 'Name the object.' : null;
  return (
    <section aria-label="New selection" className="flex flex-col gap-2">
      <h2 className="text-lead font-semibold">New selection</h2>
      <Sentence>
        Let <InlineChoice label="Image-text pair" value={tower.id} onChange={(towerId) => change({ towerId })} options={towers.map(({ id, name, isDemonstration }) => ({ value: id, label: isDemonstration && !/demonstration/i.test(name) ? `${name} (demonstration model)` : name }))} /> choose among{' '}
        <InlineChoice label="Pool of prompts" value={pool.id} onChange={(next) => change({ pool: next })} options={pools.map(({ id, name, pairs }) => ({ value: id, label: `${name} (${pairs.length})` }))} />{' '}
        <Button size="sm" icon={Pencil} onClick={() => setEditing(true)}>
          Pools
        </Button>
      </Sentence>
      {tower.isDemonstration && <p className="text-small text-warning">{demonstrationNote}</p>}
      <ObjectName value={choice.objectName} onChange={(objectName) => change({ objectName })} />
      <SplitSentence normals={normals} choice={choice} onChange={change} />
      <SourcePicker choices={choices} source={choice.synthetic} onChange={(synthetic) => change({ synthetic })} seeds={splitNumbers(normals, choice).seeds} />
      <PromptAdvanced projectId={overview.id} choice={choice} towerModelId={tower.modelId} onChange={change} />
      {obstacle !== null && (
        <p role="status" className="text-small text-warning">
          {obstacle}
        </p>
      )}
      <div className="pt-1">
        <Button variant="primary" icon={Play} busy={start.isPending} disabled={obstacle !== null} onClick={() => start.mutate(input, { onSuccess: ({ id }) => onStarted(id) })}>
          Compare {countOf(pool.pairs.length, 'pair')}
        </Button>
      </div>
      {start.error !== null && <ProblemNote error={start.error} />}
      {editing && <PoolDialog projectId={overview.id} pools={pools} objectName={cleanClassName(choice.objectName)} onClose={() => setEditing(false)} onChosen={(id) => change({ pool: id })} />}
    </section>
  );
}

function inputOf({ objectName, synthetic, supportLimit, seedImages, seed, draws, evaluators, evaluatorFeatureSetId }: Choice, tower: TextTowerDto, pool: Pool): Omit<StartPromptSelection, 'projectId'> {
  return { textTowerId: tower.id, pool: pool.id, objectName, synthetic, supportLimit, seedImages, seed, draws, evaluators: evaluators ? null : [], evaluatorFeatureSetId: evaluators ? evaluatorFeatureSetId : null };
}

/** What `{}` becomes, with the form that the texts will have. */
function ObjectName({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const cleaned = value.trim() === '' ? '' : cleanClassName(value);
  return (
    <Sentence>
      where {'{}'} is <input aria-label="Name of the object" value={value} maxLength={80} onChange={(event) => onChange(event.target.value)} className={cn(controlBase, 'h-7 w-40 px-1.5 align-baseline leading-5 max-md:h-10')} />
      {cleaned !== '' && cleaned !== value.trim() && <span className="text-small text-muted"> said as “{cleaned}”</span>}.
    </Sentence>
  );
}
