'use client';

import { useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { colourKeys, type ColourKey } from '@/lib/figures/map-figure';

const settleMs = 250;
const colourParam = z.enum(colourKeys).catch('role');

/** What the map is coloured by and which groups its legend hides, kept in the address. */
export function useMapState(address: string) {
  const [colour, setColour] = useState<ColourKey>(() => colourParam.parse(new URLSearchParams(address).get('colour') ?? 'role'));
  const [hiddenKeys, setHidden] = useState<readonly string[]>(() => new URLSearchParams(address).getAll('hide'));
  useEffect(() => {
    const timer = setTimeout(() => {
      const { pathname, search } = window.location;
      const params = new URLSearchParams(search);
      params.delete('colour');
      params.delete('hide');
      if (colour !== 'role') params.set('colour', colour);
      for (const key of hiddenKeys) params.append('hide', key);
      const text = params.toString();
      if (text !== search.replace(/^\?/, '')) window.history.replaceState(window.history.state, '', text === '' ? pathname : `${pathname}?${text}`);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [colour, hiddenKeys]);
  return {
    colour,
    hidden: useMemo(() => new Set(hiddenKeys), [hiddenKeys]),
    /** Other groups mean other keys: what was hidden is shown again. */
    colourBy: (key: ColourKey) => {
      setColour(key);
      setHidden([]);
    },
    toggle: (key: string) => setHidden((keys) => (keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key])),
    /** Shows one group alone, or all again. */
    isolate: (key: string, all: readonly string[]) => setHidden((keys) => (keys.length === all.length - 1 && !keys.includes(key) ? [] : all.filter((one) => one !== key))),
  };
}
