'use client';

import { useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { parseColour, type ColourKey } from '@/lib/figures/map-colours';
import { shapeKeys, usualShape, type ShapeKey } from '@/lib/figures/map-shapes';
import { stepManners, type StepManner } from '@/lib/figures/map-steps';

const settleMs = 250;
const stepsParam = z.enum(stepManners).catch('ranges');
const shapeParam = z.enum(shapeKeys).nullable().catch(null);
const ownParams = ['colour', 'steps', 'shape', 'hide'];

type MapState = {
  readonly colour: ColourKey;
  readonly steps: StepManner;
  /** Null: what is usual for the colour. */
  readonly shape: ShapeKey | null;
  /** Groups that the legend hides. */
  readonly hidden: readonly string[];
};

function readState(address: string): MapState {
  const params = new URLSearchParams(address);
  return { colour: parseColour(params.get('colour')), steps: stepsParam.parse(params.get('steps')), shape: shapeParam.parse(params.get('shape')), hidden: params.getAll('hide') };
}

function writeState({ colour, steps, shape, hidden }: MapState, base: string): string {
  const params = new URLSearchParams(base);
  for (const key of ownParams) params.delete(key);
  if (colour !== 'role') params.set('colour', colour);
  if (steps !== 'ranges') params.set('steps', steps);
  if (shape !== null) params.set('shape', shape);
  for (const key of hidden) params.append('hide', key);
  return params.toString();
}

/** What colour and shape of the map say and which groups its legend hides, kept in the address. */
export function useMapState(address: string) {
  const [state, setState] = useState(() => readState(address));
  const change = (part: Partial<MapState>) => setState((last) => ({ ...last, ...part }));
  useEffect(() => {
    const timer = setTimeout(() => {
      const { pathname, search } = window.location;
      const text = writeState(state, search);
      if (text !== search.replace(/^\?/, '')) window.history.replaceState(window.history.state, '', text === '' ? pathname : `${pathname}?${text}`);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [state]);
  const { colour, steps, shape, hidden } = state;
  return {
    colour,
    steps,
    shape: shape ?? usualShape(colour),
    hidden: useMemo(() => new Set(hidden), [hidden]),
    /** Other groups mean other keys: what was hidden is shown again. */
    colourBy: (key: ColourKey) => change({ colour: key, hidden: [] }),
    stepBy: (manner: StepManner) => change({ steps: manner, hidden: [] }),
    shapeBy: (key: ShapeKey) => change({ shape: key }),
    toggle: (key: string) => change({ hidden: hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key] }),
    /** Shows one group alone, or all again. */
    isolate: (key: string, all: readonly string[]) => change({ hidden: hidden.length === all.length - 1 && !hidden.includes(key) ? [] : all.filter((one) => one !== key) }),
    showAll: () => change({ hidden: [] }),
  };
}

export type MapView = ReturnType<typeof useMapState>;
