'use client';

import { BoxSelect, Hand, Lasso, SlidersHorizontal } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import type { MapPoints } from '@/lib/figures/map-figure';
import type { ShapeKey } from '@/lib/figures/map-shapes';
import type { StepManner } from '@/lib/figures/map-steps';
import type { Tones } from '../charts/use-tones';
import { Button } from '../ui/button';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import { useMedia } from '../ui/use-media';
import { MapLegend } from './map-legend';
import type { MapTool } from './map-overlay';
import { colourOptions, type Colouring } from './use-colouring';
import type { MapView } from './use-map-state';

type ToolbarProps = {
  points: MapPoints;
  run: Run | null;
  runs: readonly Run[];
  view: MapView;
  colouring: Colouring;
  tones: Tones | null;
  tool: MapTool;
  onTool: (tool: MapTool) => void;
  onSelectShown: () => void;
  /** The way to a new map. */
  another: ReactNode;
  /** The figure's export, at the end. */
  children: ReactNode;
};

const shapeOptions: readonly { value: ShapeKey; label: string }[] = [
  { value: 'role', label: 'Role' },
  { value: 'colour', label: 'As the colour' },
  { value: 'none', label: 'Nothing' },
];

const stepOptions: readonly { value: StepManner; label: string }[] = [
  { value: 'ranges', label: 'Equal ranges' },
  { value: 'counts', label: 'Equal counts' },
];

const tools = [
  { value: 'pan' as const, label: 'Pan', icon: Hand },
  { value: 'lasso' as const, label: 'Lasso', icon: Lasso },
  { value: 'box' as const, label: 'Box', icon: BoxSelect },
];

/** What colour and shape say, what the pointer does, and the legend, which filters. */
export function MapToolbar(props: ToolbarProps) {
  const { view, colouring, tones } = props;
  const narrow = useMedia('(max-width: 639px)');
  const keys = colouring.groups.map((group) => group.key);
  return (
    <>
      {narrow ? <NarrowControls {...props} /> : <WideControls {...props} />}
      {colouring.loading && (
        <p role="status" className="text-small text-muted">
          Loading what the colour shows …
        </p>
      )}
      {tones && <MapLegend groups={colouring.groups} hidden={view.hidden} tones={tones} shape={view.shape} byRole={view.colour === 'role'} onToggle={view.toggle} onIsolate={(key) => view.isolate(key, keys)} onShowAll={view.showAll} />}
    </>
  );
}

function WideControls(props: ToolbarProps) {
  return (
    <>
      {props.another}
      <ColourBy {...props} />
      <OtherControls {...props} />
    </>
  );
}

/** On a phone the colour has its line, and all else stands behind one button. */
function NarrowControls(props: ToolbarProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <div className="flex w-full min-w-0 items-center gap-2">
        <ColourBy {...props} />
        <Button size="sm" icon={SlidersHorizontal} aria-expanded={open} aria-controls={open ? id : undefined} className="h-9 aria-expanded:bg-pressed" onClick={() => setOpen(!open)}>
          Tools
        </Button>
      </div>
      {open && (
        <div id={id} role="group" aria-label="Tools of the map" className="flex w-full min-w-0 flex-wrap items-center gap-2 border-t border-line pt-2">
          <OtherControls {...props} />
          {props.another}
        </div>
      )}
    </>
  );
}

function ColourBy({ points, run, runs, view: { colour, colourBy } }: ToolbarProps) {
  return (
    <label className="inline-flex max-w-full min-w-0 items-center gap-2 text-small whitespace-nowrap max-sm:flex-1">
      Colour by
      <Select size="sm" className="w-60 min-w-0 max-sm:flex-1" value={colour} options={colourOptions(points, run, runs, colour)} onChange={colourBy} />
    </label>
  );
}

function OtherControls({ view, colouring, tool, onTool, onSelectShown, children }: ToolbarProps) {
  return (
    <>
      {colouring.column.kind === 'numbers' && <Select aria-label="Steps of the colour" size="sm" className="w-36" value={view.steps} options={stepOptions} onChange={view.stepBy} />}
      <label className="inline-flex items-center gap-2 text-small whitespace-nowrap">
        Shape by
        <Select size="sm" className="w-36" value={view.shape} options={shapeOptions} onChange={view.shapeBy} />
      </label>
      <Segmented label="Pointer" size="sm" value={tool} onChange={onTool} options={tools} />
      <Button size="sm" onClick={onSelectShown}>
        Select shown
      </Button>
      {children}
    </>
  );
}
