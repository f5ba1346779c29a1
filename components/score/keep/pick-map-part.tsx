'use client';

import Link from 'next/link';
import { useEffect, useMemo, useRef } from 'react';
import { countOf, formatCount } from '@/lib/figures/format';
import { pickKinds, pickMap, pickMapCsv, pickMarks, pickPlot, type PickMap } from '@/lib/figures/keep/pick-map';
import { ChartFrame } from '../../charts/chart-frame';
import { FigureExport } from '../../charts/figure-export';
import { useSize } from '../../charts/use-size';
import { useTones, type Tones } from '../../charts/use-tones';
import { stagePath } from '../../frame/stages';
import { useMapColumns, useProjections } from '../../map/use-map';
import { Skeleton } from '../../ui/skeleton';
import { PickMark, paintPickMap } from './pick-map-paint';

type PickMapPartProps = { projectId: string; featureSetId: string; picked: readonly string[]; top: readonly string[] };

/** The picked samples on the newest map of the same features, against the plain top; without a map, the way to one. */
export function PickMapPart({ projectId, featureSetId, picked, top }: PickMapPartProps) {
  const projections = useProjections(projectId);
  const projection = projections.data?.find((one) => one.state === 'ready' && one.featureSetId === featureSetId) ?? null;
  const { data: columns } = useMapColumns(projectId, projection?.id ?? null);
  const map = useMemo(() => (columns ? pickMap(columns, new Set(picked), new Set(top)) : null), [columns, picked, top]);
  if (projections.data !== undefined && projection === null) {
    return (
      <p className="text-muted">
        There is no map of these features yet.{' '}
        <Link href={stagePath(projectId, 'map')} className="text-accent underline underline-offset-2">
          Compute one
        </Link>{' '}
        to see where the picked samples lie.
      </p>
    );
  }
  if (projection === null || map === null) return <Skeleton className="h-[360px]" />;
  return (
    <div className="min-w-0">
      <div className="flex h-[360px] flex-col max-md:h-[280px]">
        <ChartFrame title={`${projection.method}, ${projection.modelName}`} aside={<FigureExport name="Diverse choice on the map" csv={() => pickMapCsv(map)} draw={(tones) => pickPlot(map, tones)} />} description={describe(map)}>
          <PickMapCanvas map={map} />
        </ChartFrame>
      </div>
      <Legend map={map} />
    </div>
  );
}

function PickMapCanvas({ map }: { map: PickMap }) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const tones = useTones();
  useEffect(() => {
    if (canvas.current && tones && width > 0 && height > 0) paintPickMap(canvas.current, map, { width, height }, tones);
  }, [map, width, height, tones]);
  return (
    <div ref={ref} className="absolute inset-0">
      <canvas ref={canvas} aria-hidden style={{ width, height }} />
    </div>
  );
}

function Legend({ map }: { map: PickMap }) {
  const tones: Tones | null = useTones();
  return (
    <ul aria-label="Points of the map" className="flex flex-wrap gap-x-4 gap-y-1 text-small">
      {pickKinds.toReversed().flatMap((kind) =>
        map.counts[kind] === 0 ? [] : [
          <li key={kind} className="inline-flex items-center gap-1.5">
            <PickMark kind={kind} tones={tones} />
            {pickMarks[kind].label} <span className="text-muted">{formatCount(map.counts[kind])}</span>
          </li>,
        ],
      )}
      {map.missing > 0 && <li className="text-muted">{countOf(map.missing, 'picked sample')} came after this map was made.</li>}
    </ul>
  );
}

function describe({ counts }: PickMap): string {
  return `Map of the samples. ${pickKinds.toReversed().map((kind) => `${pickMarks[kind].label}: ${counts[kind]}`).join(', ')}.`;
}
