'use client';

import { Play } from 'lucide-react';
import { useState } from 'react';
import type { FeatureSet } from '@/lib/api/contracts/features';
import { prototypeDetectorSchema, prototypeMethodSchema, type PrototypeEstimate, type PrototypeSearch } from '@/lib/api/contracts/prototypes';
import { aboutDuration } from '@/lib/figures/estimate';
import { formatCount, formatDate } from '@/lib/figures/format';
import { detectorName, methodNames, rowsSentence, sizesOf } from '@/lib/figures/prototypes/words';
import { Button } from '../../ui/button';
import { cn } from '../../ui/cn';
import { controlBase } from '../../ui/field';
import { ProblemNote } from '../../ui/problem';
import { InlineChoice, InlineNumber, Sentence } from '../inline-controls';
import { fitnessOptions, initialForm, settingsOf, usesFitness, type SearchForm } from './search-form';
import { usePrototypeEstimate, useStartPrototypeSearch } from './use-prototypes';

const detectors = prototypeDetectorSchema.options.map((value) => ({ value, label: detectorName(value) })).sort((a, b) => Number(b.value === 'knn') - Number(a.value === 'knn'));
const methods = [{ value: 'all' as const, label: 'all methods' }, ...prototypeMethodSchema.options.map((value) => ({ value, label: methodNames[value].toLowerCase() }))];

type NewSearchProps = { projectId: string; sets: readonly FeatureSet[]; onStarted: (search: PrototypeSearch) => void };

/** The set-up of a search as a sentence, what it would work on and take, and the button that starts it. */
export function NewSearch({ projectId, sets, onStarted }: NewSearchProps) {
  const [form, setForm] = useState(initialForm);
  const [setId, setSetId] = useState<string | null>(null);
  const change = (part: Partial<SearchForm>) => setForm((last) => ({ ...last, ...part }));
  const featureSetId = sets.find(({ id }) => id === setId)?.id ?? sets[0]!.id;
  const settings = settingsOf(form);
  const estimate = usePrototypeEstimate(projectId, featureSetId, settings);
  const start = useStartPrototypeSearch(projectId);
  const blocked = settings === null || estimate.data === undefined || estimate.data.obstacle !== null;
  return (
    <section aria-label="New search" className="flex flex-col gap-2">
      <Sentence>
        Pick <SizesInput value={form.sizes} onChange={(sizes) => change({ sizes })} /> of at most <InlineNumber label="Training normals to choose among" value={form.candidates} onChange={(candidates) => change({ candidates })} minimum={2} maximum={2000} />{' '}
        training normals by <InlineChoice label="Methods" value={form.methods} onChange={(value) => change({ methods: value })} options={methods} /> for{' '}
        <InlineChoice label="Detector" value={form.detector} onChange={(detector) => change({ detector })} options={detectors} /> on{' '}
        <InlineChoice label="Feature set" value={featureSetId} onChange={setSetId} options={sets.map(({ id, modelName, createdAt }) => ({ value: id, label: `${modelName}, ${formatDate(createdAt)}` }))} />
        {usesFitness(form) && (
          <>
            , evolving for <InlineChoice label="Fitness of the evolution" value={form.fitness} onChange={(fitness) => change({ fitness })} options={fitnessOptions} />
          </>
        )}
        .
      </Sentence>
      <MoreSettings form={form} estimate={estimate.data} onChange={change} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          variant="primary"
          icon={Play}
          busy={start.isPending}
          disabled={blocked}
          onClick={() => settings !== null && start.mutate({ projectId, featureSetId, settings }, { onSuccess: onStarted })}
        >
          Search
        </Button>
        <p aria-live="polite" className="min-w-0 flex-1 basis-80 text-small text-muted">
          {estimate.data === undefined ? 'Estimating' : <EstimateLine estimate={estimate.data} />}
        </p>
      </div>
      {estimate.data?.obstacle != null && (
        <p role="status" className="text-small text-danger">
          {estimate.data.obstacle.message} {estimate.data.obstacle.hint}
        </p>
      )}
      {estimate.error !== null && <ProblemNote error={estimate.error} onRetry={() => void estimate.refetch()} busy={estimate.isFetching} />}
      {start.error !== null && <ProblemNote error={start.error} />}
    </section>
  );
}

function EstimateLine({ estimate: { rows, seconds } }: { estimate: PrototypeEstimate }) {
  return (
    <>
      {seconds !== null && <span className="font-medium text-ink">{sentenceCase(aboutDuration(seconds))}. </span>}
      {rowsSentence(rows)}
    </>
  );
}

const sentenceCase = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

function SizesInput({ value, onChange }: { value: string; onChange: (sizes: string) => void }) {
  const invalid = sizesOf(value) === null;
  return (
    <input
      aria-label="How many normals, with commas between them"
      aria-invalid={invalid ? true : undefined}
      title={invalid ? 'Up to 8 whole numbers from 1 to 500, with commas between them' : 'How many normals, with commas between them'}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      style={{ width: `${Math.max(5, value.length) + 2}ch` }}
      className={cn(controlBase, 'h-7 max-w-full px-1.5 text-center align-baseline leading-5 max-md:h-10')}
    />
  );
}

/** P and G of the evolution, random draws, rows that judge and the seed, folded. */
function MoreSettings({ form, estimate, onChange }: { form: SearchForm; estimate: PrototypeEstimate | undefined; onChange: (part: Partial<SearchForm>) => void }) {
  const population = form.population ?? (estimate?.population || 1000);
  const generations = form.generations ?? estimate?.generations ?? 500;
  return (
    <details>
      <summary className="w-fit text-small text-muted hover:text-ink">
        Evolution of {formatCount(population)} subsets over {formatCount(generations)} generations, {form.randomDraws} random draws, seed {form.seed}
      </summary>
      <Sentence>
        Breed <InlineNumber label="Population of the evolution" value={population} onChange={(next) => onChange({ population: next })} minimum={2} maximum={5000} /> subsets over{' '}
        <InlineNumber label="Generations of the evolution" value={generations} onChange={(next) => onChange({ generations: next })} minimum={0} maximum={5000} /> generations, compare with{' '}
        <InlineNumber label="Random subsets of each size" value={form.randomDraws} onChange={(randomDraws) => onChange({ randomDraws })} minimum={0} maximum={100} /> random subsets of each size, let at most{' '}
        <InlineNumber label="Rows that choose, and as many that judge" value={form.judged} onChange={(judged) => onChange({ judged })} minimum={4} maximum={5000} /> labelled samples choose and as many others judge, with seed{' '}
        <InlineNumber label="Seed" value={form.seed} onChange={(seed) => onChange({ seed })} minimum={0} maximum={2 ** 31 - 1} />.
      </Sentence>
    </details>
  );
}
