'use client';

import { Layers, Maximize2, Minus, Plus, Replace } from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { nameNeighbour } from '@/lib/figures/explain-score';
import { flipSentence, flipVerb, type FlipTarget } from '@/lib/figures/flip-target';
import { formatPercent } from '@/lib/figures/format';
import type { Overlay } from '@/lib/figures/overlays';
import { useSize } from '../charts/use-size';
import { useHeldVersion } from '../private/held-events';
import { NotHere } from '../private/not-here';
import { useIsPrivate } from '../private/private-project';
import { imageUrl } from '../score/sample-images';
import { cn } from '../ui/cn';
import { IconButton } from '../ui/icon-button';
import { OverlayLayer } from './overlay-layer';
import { OverlayNote } from './overlay-note';
import { useSayFlipped } from './use-flip';
import { useOverlay } from './use-overlay';
import { useSwipe } from './use-swipe';
import { useZoom } from './use-zoom';

type SampleViewerProps = {
  projectId: string;
  sampleId: string;
  fileName: string;
  hasMask: boolean;
  /** What takes the place of the image: the nearest normal, or the neighbour that was chosen. */
  target: FlipTarget | null;
  flipped: boolean;
  /** Feature set of the run that is looked at: whose heat maps come first. */
  featureSetId: string | null;
  /** What the person wants to see over the image. */
  overlay: Overlay;
  /** The image of this sample is on the screen. */
  painted: boolean;
  onFlip: (flipped: boolean) => void;
  onOverlay: (overlay: Overlay) => void;
  /** Called when the image of this sample is on the screen. */
  onPainted: (sampleId: string) => void;
  /** A function that changes between fit and 1:1 is put here, for the keyboard. */
  zoomRef?: React.RefObject<(() => void) | null>;
  /** The same for what goes on to the next overlay. */
  overlayRef?: React.RefObject<(() => void) | null>;
  caps: { flip: string | null; mask: string | null; zoom: string | null };
  toolbar?: ReactNode;
  /** Nothing but the image: nothing in its place and nothing laid over it. */
  bare?: boolean;
  /** A sideways swipe over the fitted image. */
  onSwipe?: (direction: 'left' | 'right') => void;
};

/** One image as large as its frame allows; a neighbour takes its place while asked to, at the same size and place. */
export function SampleViewer(props: SampleViewerProps) {
  const { projectId, sampleId, fileName, target, flipped, onPainted, zoomRef, overlayRef } = props;
  const [frameRef, frame] = useSize<HTMLDivElement>();
  const [natural, setNatural] = useState({ width: 0, height: 0 });
  const view = useZoom(natural, frame);
  const swipe = useSwipe(view.fitted, props.onSwipe);
  const flipping = flipped && target !== null;
  useSayFlipped(flipping ? target : null);
  const heldVersion = useHeldVersion(sampleId);
  const overlay = useOverlay(props);
  useEffect(() => {
    if (zoomRef) zoomRef.current = view.toggle;
    if (overlayRef) overlayRef.current = overlay.next;
  });
  const box: CSSProperties = {
    width: natural.width * view.scale,
    height: natural.height * view.scale,
    transform: `translate(${view.zoom.x}px, ${view.zoom.y}px)`,
    imageRendering: view.scale >= 3 ? 'pixelated' : 'auto',
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ViewerBar {...props} view={view} next={overlay.next} shown={overlay.shown !== 'none'} />
      <div
        ref={frameRef}
        className={cn('relative flex min-h-0 flex-1 items-center justify-center overflow-hidden bg-sunken', props.onSwipe ? 'touch-none' : 'touch-pan-x', view.dragging ? 'cursor-grabbing' : !view.fitted && 'cursor-grab')}
        {...view.handlers}
        {...swipe}
        onDoubleClick={view.toggle}
      >
        <div className="relative shrink-0" style={box}>
          <PaintedImage key={`${sampleId} ${heldVersion}`} src={imageUrl(projectId, sampleId, 'view')} alt={fileName} onNatural={setNatural} onPainted={() => onPainted(sampleId)} />
          {!flipping && <OverlayLayer maskUrl={imageUrl(projectId, sampleId, 'mask')} overlay={overlay} />}
          {target && <img src={imageUrl(projectId, target.neighbour.sampleId, 'view')} alt={flipping ? nameNeighbour(target.neighbour) : ''} draggable={false} className={cn('absolute inset-0 size-full object-contain', !flipping && 'invisible')} />}
        </div>
        {flipping && <p className="absolute top-2 left-2 rounded-md bg-ink px-2 py-1 text-small text-page">{flipSentence(target)}</p>}
        {!flipping && <OverlayNote projectId={projectId} overlay={overlay} />}
      </div>
    </div>
  );
}

type BarProps = SampleViewerProps & { view: ReturnType<typeof useZoom>; next: () => void; shown: boolean };

function ViewerBar({ fileName, target, flipped, onFlip, caps, toolbar, view, next, shown, bare = false }: BarProps) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line px-2">
      <div className="flex min-w-0 flex-1 items-center gap-2 pl-1">{toolbar ?? <span className="truncate">{fileName}</span>}</div>
      {!bare && (
        <>
          <IconButton
            icon={Replace}
            size="sm"
            label={flipVerb(target)}
            {...(caps.flip ? { shortcut: `hold ${caps.flip}` } : {})}
            disabled={target === null}
            pressed={flipped}
            onClick={() => onFlip(!flipped)}
          />
          <IconButton icon={Layers} size="sm" label="Mask, heat map, difference, image" {...(caps.mask ? { shortcut: caps.mask } : {})} pressed={shown} onClick={next} />
        </>
      )}
      <span aria-hidden className="mx-1 h-4 w-px bg-line max-sm:hidden" />
      <span className="flex items-center max-sm:hidden">
        <IconButton icon={Minus} size="sm" label="Smaller" onClick={() => view.zoomBy(1 / 1.5)} />
        <button type="button" onClick={view.toOriginal} title="Show at 1:1" className="w-12 rounded-md py-1 text-center text-small text-muted hover:bg-hover hover:text-ink">
          {formatPercent(view.scale)}
        </button>
        <IconButton icon={Plus} size="sm" label="Larger" onClick={() => view.zoomBy(1.5)} />
      </span>
      <IconButton icon={Maximize2} size="sm" label="Fit" {...(caps.zoom ? { shortcut: caps.zoom } : {})} pressed={view.fitted} onClick={view.toFit} />
    </div>
  );
}

/** Tells when the image is not only loaded but on the screen: decoded, and a frame drawn since. */
function PaintedImage({ src, alt, onNatural, onPainted }: { src: string; alt: string; onNatural: (size: { width: number; height: number }) => void; onPainted: () => void }) {
  const [failed, setFailed] = useState(false);
  const isPrivate = useIsPrivate();
  const image = useRef<HTMLImageElement>(null);
  const loaded = async () => {
    const element = image.current;
    if (element === null) return;
    onNatural({ width: element.naturalWidth, height: element.naturalHeight });
    // A browser that cannot decode ahead of painting rejects; the load event has come all the same.
    await element.decode().catch(() => undefined);
    requestAnimationFrame(() => requestAnimationFrame(() => element.isConnected && onPainted()));
  };
  if (failed && isPrivate) return <NotHere words className="absolute inset-0 m-auto size-60" />;
  if (failed) return <p className="absolute inset-0 m-auto h-fit w-60 text-center text-muted">This image could not be loaded.</p>;
  return <img ref={image} src={src} alt={alt} draggable={false} onLoad={() => void loaded()} onError={() => setFailed(true)} className="size-full select-none" />;
}
