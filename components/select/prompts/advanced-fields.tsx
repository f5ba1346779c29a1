'use client';

import { useFeatureSets } from '../../features/use-features';
import { Checkbox } from '../../ui/checkbox';
import { Field } from '../../ui/field';
import { Select } from '../../ui/select';
import { InlineNumber, Sentence } from '../inline-controls';

export type AdvancedPrompts = {
  readonly seed: number;
  readonly draws: number;
  /** Whether the thirteen evaluators choose too. */
  readonly evaluators: boolean;
  readonly evaluatorFeatureSetId: string | null;
};

type AdvancedProps = { projectId: string; choice: AdvancedPrompts; towerModelId: string; onChange: (part: Partial<AdvancedPrompts>) => void };

/** What seldom needs a change. */
export function PromptAdvanced({ projectId, choice, towerModelId, onChange }: AdvancedProps) {
  const { data: sets } = useFeatureSets(projectId);
  // One of each other network: what a set lacks is made.
  const others = (sets ?? []).filter(({ state, modelId, given }, at, all) => state === 'ready' && !given && modelId !== towerModelId && all.findIndex((set) => set.modelId === modelId && set.state === 'ready') === at);
  return (
    <details>
      <summary className="text-small text-muted hover:text-ink">Advanced</summary>
      <div className="mt-2 flex flex-col gap-2">
        <Sentence>
          Seed <InlineNumber label="Seed" value={choice.seed} onChange={(seed) => onChange({ seed })} minimum={0} maximum={2 ** 31 - 1} />, <InlineNumber label="Bootstrap draws" value={choice.draws} onChange={(draws) => onChange({ draws })} minimum={1} maximum={10_000} /> draws.
        </Sentence>
        <Checkbox checked={choice.evaluators} onChange={(evaluators) => onChange({ evaluators })} label="Let the 13 evaluators of the EAP paper choose too" />
        {choice.evaluators && others.length > 0 && (
          <Field label="Evaluators value by">
            {(control) => (
              <Select
                {...control}
                value={choice.evaluatorFeatureSetId ?? ''}
                onChange={(id) => onChange({ evaluatorFeatureSetId: id === '' ? null : id })}
                options={[{ value: '', label: 'the image tower of the pair' }, ...others.map(({ id, modelName }) => ({ value: id, label: modelName }))]}
              />
            )}
          </Field>
        )}
      </div>
    </details>
  );
}
