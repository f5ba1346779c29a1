'use client';

import { useMemo } from 'react';
import type { Columns } from '@/lib/api/contracts/columns';
import type { Run } from '@/lib/api/contracts/runs';
import { colourColumn, factsOfPoints, mapGroups, needsFacts, numberColours, runOfColour, type ColourKey, type NumberColour } from '@/lib/figures/map-colours';
import { mapPoints, qualityOfPoints, visiblePoints, withScores } from '@/lib/figures/map-figure';
import { pointGrid } from '@/lib/figures/map-grid';
import { runTitle } from '@/lib/figures/run-name';
import type { ScoreTable } from '@/lib/figures/score-table';
import { knownParts } from '@/lib/figures/table-columns';
import { verdictColumns } from '@/lib/figures/verdicts';
import { useBatches } from '../generate/use-batches';
import type { Decisions } from '../review/use-decisions';
import { batchName } from '../score/filter-facts';
import { useScoreTable } from '../score/use-runs';
import { useSampleFacts } from '../score/use-sample-facts';
import type { SelectOption } from '../ui/select';
import type { MapView } from './use-map-state';

/** The points of a map with the scores of the shown run, and cells for finding them. */
export function usePoints(columns: Columns, scores: ScoreTable | null) {
  const bare = useMemo(() => mapPoints(columns), [columns]);
  const points = useMemo(() => withScores(bare, scores), [bare, scores]);
  const grid = useMemo(() => pointGrid(bare.x, bare.y), [bare]);
  return { points, grid };
}

type ColouringInput = { projectId: string; points: ReturnType<typeof usePoints>['points']; view: MapView; decisions: Pick<Decisions, 'states' | 'overlay'> };

/** What the points are coloured by, split into the groups of the legend. */
export function useColouring({ projectId, points, view: { colour, steps, hidden }, decisions: { states, overlay } }: ColouringInput) {
  const other = useScoreTable(projectId, runOfColour(colour));
  const verdicts = useMemo(() => verdictColumns(points, states, overlay), [points, states, overlay]);
  const known = useSampleFacts(projectId, needsFacts(colour));
  const { data: batches } = useBatches(projectId, colour === 'batch');
  const facts = useMemo(
    () => (needsFacts(colour) && known.data ? factsOfPoints(points, known.data, (id) => batchName(batches?.find((batch) => batch.id === id), id)) : null),
    [points, colour, known.data, batches],
  );
  const otherQuality = useMemo(() => other.data && qualityOfPoints(points, other.data), [points, other.data]);
  // Decisions arrive every few seconds; only a map that is coloured by them is grouped anew.
  const usedVerdicts = colour === 'decision' ? verdicts : null;
  const usedStates = colour === 'reviewer' ? states : null;
  const column = useMemo(
    () => colourColumn(points, colour, { verdicts: usedVerdicts, states: usedStates, otherQuality: otherQuality ?? null, facts }),
    [points, colour, usedVerdicts, usedStates, otherQuality, facts],
  );
  const groups = useMemo(() => mapGroups(points.rows, column, steps), [points.rows, column, steps]);
  const visible = useMemo(() => visiblePoints(points, groups, hidden), [points, groups, hidden]);
  const retry = () => {
    if (other.error) void other.refetch();
    if (known.error) void known.refetch();
  };
  return { column, groups, visible, verdicts, loading: other.isLoading || known.isLoading, error: other.error ?? known.error, retry };
}

export type Colouring = ReturnType<typeof useColouring>;

const wordLabels = { role: 'Role', zone: 'Zone', decision: 'Decision', reviewer: 'Reviewer', defectType: 'Defect type', qualityLabel: 'Pseudo-quality', generator: 'Generator', prompt: 'Prompt', batch: 'Generation batch', tag: 'Tag' } as const;
const numberLabels: Readonly<Record<NumberColour, string>> = { quality: 'Quality', probability: 'p(anomalous)', density: 'Density', rarity: 'Rarity', spread: 'Spread of the quality' };

/** "Zone", "Quality", "Quality by KNNSHAP, fast". */
export function colourName(colour: ColourKey, runs: readonly Run[]): string {
  const wanted = runOfColour(colour);
  if (wanted !== null) {
    const run = runs.find(({ id }) => id === wanted);
    return run ? `Quality by ${runTitle(run)}` : 'Quality by another run';
  }
  return { ...wordLabels, ...numberLabels }[colour as keyof typeof wordLabels | NumberColour];
}

/** All that the map can be coloured by; what the shown run does not know cannot be chosen. */
export function colourOptions(points: ScoreTable, run: Run | null, runs: readonly Run[], chosen: ColourKey): SelectOption<ColourKey>[] {
  const known = { ...knownParts(points), quality: run !== null, spread: points.spread !== null };
  const words = (Object.keys(wordLabels) as (keyof typeof wordLabels)[]).map((value) => ({ value, label: wordLabels[value], disabled: value === 'zone' && !known.zone && chosen !== value }));
  const numbers = numberColours.map((value) => ({ value, label: numberLabels[value], disabled: !known[value] && chosen !== value }));
  const others = runs.filter(({ id, state }) => state === 'ready' && id !== run?.id);
  const titles = others.map(runTitle);
  return [
    ...words,
    ...numbers,
    ...others.map((one, i) => ({ value: `run:${one.id}` as const, label: `Quality by ${titles[i]}${titles.indexOf(titles[i]!) === titles.lastIndexOf(titles[i]!) ? '' : ` · ${one.modelName}, seed ${one.seed}`}` })),
  ];
}
