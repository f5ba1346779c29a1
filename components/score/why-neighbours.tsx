'use client';

import { Replace } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState, type KeyboardEvent } from 'react';
import type { Neighbour, Score } from '@/lib/api/contracts/runs';
import { nameNeighbour } from '@/lib/figures/explain-score';
import { flipTitle, type FlipTarget } from '@/lib/figures/flip-target';
import { formatNumber } from '@/lib/figures/format';
import type { Flip } from '../review/use-flip';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { useOpened } from '../ui/use-opened';
import { SamplePicture } from '../vector/sample-picture';

// Opened by few, and by a click: not part of what a ranking loads.
const SampleDrawer = dynamic(() => import('../samples/sample-drawer').then((module) => module.SampleDrawer));

/**
 * The normals and the real anomalies that a sample lies nearest to. Beside a large image a press chooses the one that it is flipped to
 * and compared with, elsewhere it opens it. Nothing for runs that know of no neighbours.
 */
export function WhyNeighbours({ projectId, score, flip }: { projectId: string; score: Score; flip?: Flip | undefined }) {
  const [opened, setOpened] = useState<string | null>(null);
  const drawerWanted = useOpened(opened !== null);
  const rows = [
    { title: 'Nearest normals', neighbours: score.nearestNormals },
    { title: 'Nearest real anomalies', neighbours: score.nearestAnomalies },
  ].filter(({ neighbours }) => neighbours.length > 0);
  if (rows.length === 0) return null;
  const all = rows.flatMap(({ neighbours }) => neighbours.map(({ sampleId }) => sampleId));
  const at = opened === null ? -1 : all.indexOf(opened);
  const step = (by: 1 | -1) => setOpened(all[(at + by + all.length) % all.length]!);
  return (
    <section aria-label="Nearest neighbours" className="flex flex-col gap-2">
      {rows.map(({ title, neighbours }) => (
        <div key={title}>
          <h3 className="mb-1 text-small font-medium">{title}</h3>
          <ol aria-label={title} className="grid grid-cols-5 gap-1.5">
            {neighbours.map((neighbour) => (
              <li key={neighbour.sampleId} className="min-w-0">
                {flip ? (
                  <ChoiceButton projectId={projectId} neighbour={neighbour} chosen={flip.target?.neighbour.sampleId === neighbour.sampleId} onChoose={() => flip.choose(neighbour)} />
                ) : (
                  <NeighbourButton projectId={projectId} neighbour={neighbour} onClick={() => setOpened(neighbour.sampleId)} />
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
      {flip && <FlipLine target={flip.target} onOpen={setOpened} />}
      {drawerWanted && <SampleDrawer projectId={projectId} sampleId={opened} onClose={() => setOpened(null)} onStep={at >= 0 && all.length > 1 ? step : null} />}
    </section>
  );
}

/** What the large image is flipped to, and the way to all that is known of it. As high while that is not known. */
function FlipLine({ target, onOpen }: { target: FlipTarget | null; onOpen: (sampleId: string) => void }) {
  return (
    <p className="flex min-h-7 items-center gap-2 text-small">
      {target && (
        <>
          <Replace aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 flex-1 truncate" title={target.neighbour.fileName}>
            <span className="text-muted">Flips to {flipTitle(target).toLowerCase()}</span> {target.neighbour.fileName}
          </span>
          <Button size="sm" className="max-md:h-9" aria-label={`Open ${nameNeighbour(target.neighbour)}`} onClick={() => onOpen(target.neighbour.sampleId)}>
            Open
          </Button>
        </>
      )}
    </p>
  );
}

type NeighbourButtonProps = { projectId: string; neighbour: Neighbour; onClick: () => void; chosen?: boolean; onKeyDown?: (event: KeyboardEvent) => void };

/** Space chooses as on any button, and as long as it is held the image is flipped to what was chosen. */
function ChoiceButton({ onChoose, ...rest }: Omit<NeighbourButtonProps, 'onClick' | 'onKeyDown'> & { chosen: boolean; onChoose: () => void }) {
  return <NeighbourButton {...rest} onClick={onChoose} onKeyDown={(event) => event.key === ' ' && onChoose()} />;
}

function NeighbourButton({ projectId, neighbour, onClick, chosen, onKeyDown }: NeighbourButtonProps) {
  const words = `${nameNeighbour(neighbour)}, distance ${formatNumber(neighbour.distance)}`;
  return (
    <button
      type="button"
      onClick={onClick}
      onKeyDown={onKeyDown}
      {...(chosen === undefined ? {} : { 'aria-pressed': chosen, 'data-flips': '' })}
      aria-label={words}
      title={words}
      className={cn('flex w-full flex-col rounded-sm hover:bg-hover', chosen && 'bg-selected ring-2 ring-accent')}
    >
      <SamplePicture projectId={projectId} sampleId={neighbour.sampleId} alt="" lazy vector="glyph" className="aspect-square w-full rounded-sm border border-line" />
      <span className={cn('w-full truncate text-center text-tiny leading-4', chosen ? 'font-medium' : 'text-muted')}>{formatNumber(neighbour.distance)}</span>
    </button>
  );
}
