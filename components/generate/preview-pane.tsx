'use client';

import { ImageOff, SquareDashed } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { formatCount, formatNumber, formatPercent } from '@/lib/figures/format';
import { SampleImage } from '../private/sample-image';
import { useKeyBindings, useKeymap } from '../review/use-keymap';
import { imageUrl } from '../samples/use-samples';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Skeleton } from '../ui/skeleton';
import { PreviewCanvas } from './preview-canvas';
import type { Preview } from './use-previews';

type PreviewPaneProps = { projectId: string; previews: readonly Preview[]; seed: number | null };

const columns = 3;
const moves: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };

/** The first images of the batch that would be made now; the one that is looked at stands beside its parent. */
export function PreviewPane({ projectId, previews, seed }: PreviewPaneProps) {
  const [looked, setLooked] = useState(0);
  const [showMask, setShowMask] = useState(true);
  const grid = useRef<HTMLDivElement>(null);
  useKeymap({ bindings: useKeyBindings(), painted: true, choosingReason: false, actions: { mask: () => setShowMask((shown) => !shown) } });
  const move = (event: KeyboardEvent) => {
    const by = moves[event.key];
    if (by === undefined) return;
    const next = looked + by;
    if (next < 0 || next >= previews.length) return;
    event.preventDefault();
    setLooked(next);
    grid.current?.querySelectorAll('button')[next]?.focus();
  };
  const shown = previews[looked];
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 text-small text-muted">
          Images 1 to {previews.length} of the batch with seed {seed ?? '–'}, as it will make them
        </p>
        <Button size="sm" variant="ghost" icon={SquareDashed} shortcut="M" aria-pressed={showMask} onClick={() => setShowMask(!showMask)} className="aria-pressed:bg-pressed">
          Mask
        </Button>
      </div>
      <div className="flex min-h-0 flex-1 gap-3 max-md:flex-col">
        <div ref={grid} role="group" aria-label="Previews" onKeyDown={move} className="grid min-h-0 min-w-0 flex-1 grid-cols-3 grid-rows-3 gap-1 max-lg:aspect-square max-lg:flex-none max-md:w-full md:max-lg:w-3/5">
          {previews.map((preview) => (
            <PreviewTile key={preview.index} projectId={projectId} preview={preview} showMask={showMask} current={preview.index === looked} onLook={() => setLooked(preview.index)} />
          ))}
        </div>
        <div className="min-h-0 w-52 shrink-0 max-md:w-full 2xl:w-60">{shown !== undefined && <Looked projectId={projectId} preview={shown} showMask={showMask} />}</div>
      </div>
    </div>
  );
}

type TileProps = { projectId: string; preview: Preview; showMask: boolean; current: boolean; onLook: () => void };

function PreviewTile({ projectId, preview, showMask, current, onLook }: TileProps) {
  const { index, parentId, picture, failure, stale } = preview;
  return (
    <button
      type="button"
      tabIndex={current ? 0 : -1}
      onPointerEnter={onLook}
      onFocus={onLook}
      onClick={onLook}
      aria-label={failure === null ? `Preview ${index + 1}` : `Preview ${index + 1}: ${failure}`}
      className={cn('relative min-h-0 min-w-0 overflow-hidden rounded-sm bg-sunken outline-offset-1', current && 'outline-2 outline-accent')}
    >
      {picture !== null ? (
        <PreviewCanvas picture={picture} showMask={showMask} label={null} className={cn('absolute inset-0 size-full transition-opacity', stale && 'opacity-60')} />
      ) : failure !== null ? (
        <span className="absolute inset-0 flex items-center justify-center p-2 text-center text-tiny text-muted">
          <span>
            <ImageOff aria-hidden className="mx-auto mb-1 size-4 text-faint" />
            {failure}
          </span>
        </span>
      ) : (
        <>
          <SampleImage src={imageUrl(projectId, parentId, 'thumbnail')} projectId={projectId} sampleId={parentId} alt="" className="absolute inset-0 size-full object-contain opacity-40" failed={null} />
          <Skeleton className="absolute inset-0 opacity-40" />
        </>
      )}
    </button>
  );
}

/** The preview that is looked at, beside the normal image that it was made of. */
function Looked({ projectId, preview, showMask }: { projectId: string; preview: Preview; showMask: boolean }) {
  const { index, parentId, otherId, picture } = preview;
  const parents = [parentId, ...(picture?.usesOther === true && otherId !== null ? [otherId] : [])];
  return (
    <div className="flex h-full min-h-0 flex-col gap-2">
      <div className="grid gap-2 max-md:grid-cols-2">
        <figure>
          <div className="aspect-square w-full overflow-hidden rounded-sm bg-sunken">
            {picture === null ? <Skeleton className="size-full" /> : <PreviewCanvas picture={picture} showMask={showMask} label={`Image ${index + 1} of the batch`} className={cn('size-full', preview.stale && 'opacity-60')} />}
          </div>
          <figcaption className="text-tiny text-muted">Image {index + 1}{picture !== null && `: ${formatPercent(picture.changed)} changed`}</figcaption>
        </figure>
        <figure>
          <div className="aspect-square w-full overflow-hidden rounded-sm bg-sunken">
            <SampleImage src={imageUrl(projectId, parentId, 'view')} projectId={projectId} sampleId={parentId} alt="Its parent, a normal image" className="size-full object-contain" words />
          </div>
          <figcaption className="text-tiny text-muted">{parents.length > 1 ? 'Its parent; another normal gave its pixels' : 'Its parent'}</figcaption>
        </figure>
      </div>
      {picture !== null && <Drawn values={picture.drawn} />}
    </div>
  );
}

/** What was drawn for the image, where there is room. */
function Drawn({ values }: { values: Readonly<Record<string, number | string>> }) {
  const facts = Object.entries(values).filter(([name, value]) => name !== 'attempt' || value !== 1);
  return (
    <dl className="grid min-h-0 flex-1 auto-rows-min grid-cols-[auto_minmax(0,1fr)] gap-x-2 overflow-y-auto text-tiny text-muted max-xl:hidden" aria-label="What was drawn" tabIndex={0}>
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{inWords(name)}</dt>
          <dd className="truncate text-right" title={String(value)}>
            {typeof value !== 'number' ? value : Number.isInteger(value) ? formatCount(value) : formatNumber(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** "areaShare": "area share". */
function inWords(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
