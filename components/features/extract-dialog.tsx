'use client';

import { useState } from 'react';
import type { Model } from '@/lib/api/contracts/features';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { countOf, formatCount } from '@/lib/figures/format';
import { useStartExtraction } from '../jobs/use-start';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem';
import { useConfirmation } from '../ui/toaster';
import { inputSize } from './model-words';

type ExtractDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; overview: ProjectOverview; models: readonly Model[] };

/** Which network turns the images into vectors. */
export function ExtractDialog({ open, onOpenChange, overview, models }: ExtractDialogProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const extract = useStartExtraction(overview.id);
  const confirm = useConfirmation();
  const modelId = chosen ?? models[0]?.id;
  const start = () => {
    if (modelId === undefined) return;
    extract.mutate(modelId, {
      onSuccess: () => {
        onOpenChange(false);
        confirm('Extraction started');
      },
    });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Extract features"
      description="Makes a new feature set; earlier ones and their scores stay."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" busy={extract.isPending} disabled={modelId === undefined} onClick={start}>
            Extract from {countOf(overview.sampleCount, 'sample')}
          </Button>
        </>
      }
    >
      <fieldset className="flex flex-col">
        <legend className="mb-1 text-small font-medium">Network</legend>
        {models.map((model) => (
          <label key={model.id} className={cn('flex items-start gap-3 border-t border-line py-2', model.id === modelId && 'font-medium')}>
            <input type="radio" name="model" value={model.id} checked={model.id === modelId} onChange={() => setChosen(model.id)} className="mt-1 accent-accent" />
            <span className="min-w-0 flex-1">
              {model.name}
              <span className="block text-small font-normal text-muted">{[inputSize(model), `${formatCount(model.dim)} values`, model.builtIn ? 'ships with Assay' : 'registered here'].filter((part) => part !== null).join(' · ')}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p className="mt-3 border-t border-line pt-3 text-small text-muted">It runs on the server&apos;s processor, in chunks: after an interruption it goes on where it stopped.</p>
      {extract.error !== null && <ProblemNote error={extract.error} className="mt-3" />}
    </Dialog>
  );
}
