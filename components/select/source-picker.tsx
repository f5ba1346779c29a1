'use client';

import type { SyntheticSource } from '@/lib/api/contracts/selections';
import { optionOf, placeOf, placeOptions, sourceOf, sourceOptions, withPlace } from '@/lib/figures/selection/source-choice';
import { GeneratorParameters } from './generator-parameters';
import { InlineChoice, InlineNumber, Sentence } from './inline-controls';
import type { SourceChoices } from './use-source-choices';

type SourcePickerProps = { choices: SourceChoices; source: SyntheticSource; onChange: (source: SyntheticSource) => void; /** Seed images of the split, where known: says how many anomalies will be made. */ seeds: number | undefined };

/** Where the synthetic anomalies come from, as a sentence; parameters of a generator are folded below it. */
export function SourcePicker({ choices, source, onChange, seeds }: SourcePickerProps) {
  const which = <InlineChoice label="Source of the synthetic anomalies" value={optionOf(source)} onChange={(option) => onChange(sourceOf(option, source, choices))} options={sourceOptions(choices)} />;
  if (source.kind === 'generator') {
    return (
      <>
        <Sentence>
          Make <InlineNumber label="Anomalies of each seed" value={source.perSeed} onChange={(perSeed) => onChange({ ...source, perSeed })} minimum={1} maximum={100} /> anomalies of each seed
          {seeds !== undefined && ` (${seeds * source.perSeed} in all)`} by {which}
          {source.generator === 'diffstyle' && choices.diffusionModels.length > 0 && (
            <>
              {' '}
              with <InlineChoice label="Network of DiffStyle" value={source.diffusionModelId ?? ''} onChange={(diffusionModelId) => onChange({ ...source, diffusionModelId })} options={choices.diffusionModels.map(({ id, name }) => ({ value: id, label: name }))} />
            </>
          )}
          .
        </Sentence>
        <GeneratorParameters key={source.generator} generator={source.generator} parameters={source.parameters} onChange={(parameters) => onChange({ ...source, parameters })} />
      </>
    );
  }
  return (
    <Sentence>
      Take {which}
      {source.which === 'top-third' && (
        <>
          , <InlineChoice label="Evaluator" value={source.evaluator ?? ''} onChange={(evaluator) => onChange({ ...source, evaluator, runId: null })} options={choices.evaluators.map((id) => ({ value: id, label: id }))} />,
        </>
      )}{' '}
      of <InlineChoice label="Batch or folder of the auxiliary anomalies" value={placeOf(source)} onChange={(place) => onChange(withPlace(source, place))} options={placeOptions(choices)} />.
    </Sentence>
  );
}
