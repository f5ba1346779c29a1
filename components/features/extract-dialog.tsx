'use client';

import { useState } from 'react';
import { MAX_BROWSER_BYTES, tooLarge } from '@/lib/inference/web/network-files';
import { providerWishes, type ProviderWish } from '@/lib/inference/web/provider';
import type { Model } from '@/lib/api/contracts/features';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { countOf, formatCount } from '@/lib/figures/format';
import { useStartExtraction } from '../jobs/use-start';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem';
import { Segmented } from '../ui/segmented';
import { useConfirmation } from '../ui/toaster';
import { inputSize } from './model-words';
import { startBrowserRun, useBrowserRun } from './use-browser-run';

type Place = 'server' | 'browser';

const wishLabels: Record<ProviderWish, string> = { auto: 'Best', webgpu: 'WebGPU', 'wasm-threads': 'WASM, threads', wasm: 'WASM' };

type ExtractDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; overview: ProjectOverview; models: readonly Model[] };

/** Which network turns the images into vectors. */
export function ExtractDialog({ open, onOpenChange, overview, models }: ExtractDialogProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const extract = useStartExtraction(overview.id);
  const confirm = useConfirmation();
  const [place, setPlace] = useState<Place>(overview.isPrivate ? 'browser' : 'server');
  const [wish, setWish] = useState<ProviderWish>('auto');
  const { busy } = useBrowserRun(overview.id);
  const modelId = chosen ?? models[0]?.id;
  const bytes = models.find(({ id }) => id === modelId)?.bytes ?? 0;
  const unfit = place === 'browser' && bytes > MAX_BROWSER_BYTES ? tooLarge(bytes) : null;
  const start = () => {
    if (modelId === undefined) return;
    if (place === 'browser') {
      const model = models.find(({ id }) => id === modelId);
      if (model !== undefined) startBrowserRun({ projectId: overview.id, model, wish, resumed: null });
      onOpenChange(false);
      return;
    }
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
          <Button variant="primary" busy={extract.isPending} disabled={modelId === undefined || unfit !== null || (place === 'browser' && busy)} onClick={start}>
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
      <PlaceChoice isPrivate={overview.isPrivate} place={place} onPlace={setPlace} wish={wish} onWish={setWish} busy={busy} />
      {unfit !== null && <p className="mt-2 text-small text-danger">{`${unfit.message} ${unfit.hint ?? ''}`}</p>}
      {extract.error !== null && <ProblemNote error={extract.error} className="mt-3" />}
    </Dialog>
  );
}

type PlaceChoiceProps = { /** The server has no images then. */ isPrivate: boolean; place: Place; onPlace: (place: Place) => void; wish: ProviderWish; onWish: (wish: ProviderWish) => void; busy: boolean };

/** Whose processor computes; in the browser also by which way. */
function PlaceChoice({ isPrivate, place, onPlace, wish, onWish, busy }: PlaceChoiceProps) {
  return (
    <div className="mt-3 flex flex-col gap-2 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-3">
        <span className="text-small font-medium">Runs on</span>
        <Segmented<Place> label="Runs on" value={place} onChange={onPlace} options={[...(isPrivate ? [] : [{ value: 'server', label: 'Server' } as const]), { value: 'browser', label: 'This browser' }]} />
        {place === 'browser' && <Segmented<ProviderWish> label="Provider" value={wish} onChange={onWish} options={providerWishes.map((value) => ({ value, label: wishLabels[value] }))} />}
      </div>
      <p className="text-small text-muted">
        {place === 'server'
          ? 'The server computes, in chunks: after an interruption it goes on where it stopped.'
          : 'This browser computes and sends the vectors, after its numbers were compared with those of the server. Keep this tab open; after a reload it goes on where it stopped.'}
      </p>
      {place === 'browser' && busy && <p className="text-small text-danger">An extraction runs in this tab already; wait for it or cancel it.</p>}
    </div>
  );
}
