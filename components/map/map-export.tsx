'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { SampleRow } from '@/lib/api/contracts/samples';
import { mapCsv, mapPicture } from '@/lib/figures/map-export';
import type { MapPoints } from '@/lib/figures/map-figure';
import type { ShapeKey } from '@/lib/figures/map-shapes';
import { mapPrintTones } from '@/lib/figures/map-tones';
import { mapTraces } from '@/lib/figures/map-traces';
import { FigureExport } from '../charts/figure-export';
import { scoreKeys } from '../score/score-keys';
import type { Colouring } from './use-colouring';
import { hasWebGl, svgLimit } from './webgl';

type MapExportProps = { projectId: string; name: string; colourName: string; points: MapPoints; colouring: Colouring; hidden: ReadonlySet<string>; shape: ShapeKey };

/** Saves what the map shows: as SVG or PNG with its legend, or the numbers as CSV. Beyond 20,000 points the drawing inside an SVG is a picture of points. */
export function MapExport({ projectId, name, colourName, points, colouring: { column, groups, visible }, hidden, shape }: MapExportProps) {
  const client = useQueryClient();
  const fileNameOf = (sampleId: string) => client.getQueryData<SampleRow | null>(scoreKeys.sampleRow(projectId, sampleId))?.fileName ?? null;
  const draw = () => {
    const gl = hasWebGl();
    const traces = mapTraces(points, groups, hidden, { shape, limit: gl ? undefined : svgLimit });
    return mapPicture(traces, mapPrintTones, gl && traces.reduce((sum, trace) => sum + trace.x.length, 0) > svgLimit);
  };
  return <FigureExport name={name} csv={() => mapCsv({ points, groups, visible, column, colourName, fileNameOf })} draw={draw} size={{ width: 1200, height: 900 }} />;
}
