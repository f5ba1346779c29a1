'use client';

import { useState } from 'react';
import { mapMethods } from '@/lib/api/contracts/runs';
import { formatCount } from '@/lib/figures/format';
import { chosenMap, mapChoiceAtFirst, mapFields, type MapChoiceText } from '@/lib/figures/map-choice';
import { mapMethodWords } from '@/lib/figures/map-words';
import { useStartProjection } from '../jobs/use-start';
import { useFeatureSets } from '../score/use-runs';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, InputField } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';

type MapDialogProps = { projectId: string; isPrivate: boolean; latestFeatureSetId: string | null; open: boolean; onOpenChange: (open: boolean) => void; onStarted: () => void };

/** Method, feature set, parameters and seed of a new map; one press takes the defaults. */
export function MapDialog({ projectId, isPrivate, latestFeatureSetId, open, onOpenChange, onStarted }: MapDialogProps) {
  const { data: sets, error } = useFeatureSets(projectId);
  const [text, setText] = useState(mapChoiceAtFirst);
  const [chosenSet, setChosenSet] = useState<string | null>(null);
  const ready = (sets ?? []).filter((set) => set.state === 'ready');
  const featureSet = ready.find(({ id }) => id === chosenSet) ?? ready.find(({ id }) => id === latestFeatureSetId) ?? ready[0];
  const start = useStartProjection(projectId);
  const chosen = chosenMap(text);
  const compute = () => {
    if (!featureSet || !chosen.start) return;
    const started = () => {
      onStarted();
      onOpenChange(false);
    };
    start.mutate({ featureSetId: featureSet.id, ...chosen.start }, { onSuccess: started });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New map"
      description="Maps never overwrite one another: each keeps its method, parameters, seed and features."
      footer={
        <Button variant="primary" busy={start.isPending} disabled={featureSet === undefined || chosen.start === null} onClick={compute}>
          Compute map
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Feature set">
          {(control) => <Select {...control} value={featureSet?.id ?? ''} onChange={setChosenSet} options={ready.map((set) => ({ value: set.id, label: `${set.modelName} · ${formatCount(set.count)} samples · ${set.dim} dimensions` }))} />}
        </Field>
        <Method text={text} onChange={(part) => setText((last) => ({ ...last, ...part }))} problems={chosen.problems} />
        {isPrivate && <p className="text-small text-muted">This browser computes the map; keep the tab open until it is done.</p>}
        {error && <ProblemNote error={error} />}
        {start.error && <ProblemNote error={start.error} />}
      </div>
    </Dialog>
  );
}

function Method({ text, onChange, problems }: { text: MapChoiceText; onChange: (part: Partial<MapChoiceText>) => void; problems: ReturnType<typeof chosenMap>['problems'] }) {
  return (
    <>
      <div className="flex flex-col items-start gap-1">
        <span className="text-small font-medium">Method</span>
        <Segmented label="Method" value={text.method} onChange={(method) => onChange({ method })} options={mapMethods.map((method) => ({ value: method, label: method }))} />
        <p className="text-small text-muted">{mapMethodWords[text.method]}</p>
      </div>
      <div className="grid grid-cols-2 items-start gap-3">
        {mapFields[text.method].map(({ key, label, hint }) => (
          <InputField key={key} label={label} hint={hint} error={problems[key]} inputMode="decimal" placeholder={key === 'learningRate' ? 'automatic' : undefined} value={text[key]} onChange={(event) => onChange({ [key]: event.target.value })} />
        ))}
        <InputField label="Seed" inputMode="numeric" value={text.seed} error={problems.seed} onChange={(event) => onChange({ seed: event.target.value })} />
      </div>
    </>
  );
}
