import { extent } from '@/lib/figures/axis';
import { pickKinds, pickMarks, type PickKind, type PickMap } from '@/lib/figures/keep/pick-map';
import type { Tones } from '../../charts/use-tones';

const margin = 10;

/** Draws all points once, those of the choice last; 100,000 small squares take some 20 ms. */
export function paintPickMap(canvas: HTMLCanvasElement, map: PickMap, { width, height }: { width: number; height: number }, tones: Tones): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  const place = placing(map, width, height);
  pickKinds.forEach((kind, code) => {
    const { tone, size } = pickMarks[kind];
    context.fillStyle = tones[tone] ?? '';
    context.strokeStyle = kind === 'top' ? (tones[tone] ?? '') : (tones['surface'] ?? '');
    context.lineWidth = kind === 'top' ? 1.75 : 1;
    for (let point = 0; point < map.kind.length; point++) {
      if (map.kind[point] === code) paintPoint(context, kind, place.x(map.x[point]!), place.y(map.y[point]!), size);
    }
  });
}

/** One scale for both directions: distances on the map are the same across and up. */
function placing({ x, y }: PickMap, width: number, height: number) {
  const rows = Uint32Array.from({ length: x.length }, (_, point) => point);
  const [x0, x1] = extent(x, rows) ?? [0, 1];
  const [y0, y1] = extent(y, rows) ?? [0, 1];
  const scale = Math.min((width - 2 * margin) / Math.max(1e-9, x1 - x0), (height - 2 * margin) / Math.max(1e-9, y1 - y0));
  return { x: (value: number) => width / 2 + (value - (x0 + x1) / 2) * scale, y: (value: number) => height / 2 - (value - (y0 + y1) / 2) * scale };
}

function paintPoint(context: CanvasRenderingContext2D, kind: PickKind, x: number, y: number, size: number): void {
  const half = size / 2;
  if (kind === 'other' || kind === 'auxiliary') {
    context.fillRect(x - half, y - half, size, size);
    return;
  }
  context.beginPath();
  if (kind === 'top') context.rect(x - half, y - half, size, size);
  else if (kind === 'picked') context.arc(x, y, half, 0, 2 * Math.PI);
  else {
    context.moveTo(x, y - half);
    context.lineTo(x + half, y);
    context.lineTo(x, y + half);
    context.lineTo(x - half, y);
    context.closePath();
  }
  if (kind !== 'top') context.fill();
  context.stroke();
}

/** A kind as the legend shows it. */
export function PickMark({ kind, tones }: { kind: PickKind; tones: Tones | null }) {
  const colour = tones?.[pickMarks[kind].tone] ?? 'currentColor';
  return (
    <svg aria-hidden viewBox="0 0 12 12" className="size-3 shrink-0">
      {kind === 'top' && <rect x={1.5} y={1.5} width={9} height={9} fill="none" stroke={colour} strokeWidth={2} />}
      {kind === 'picked' && <circle cx={6} cy={6} r={5} fill={colour} />}
      {kind === 'both' && <path d="M6 .5 11.5 6 6 11.5.5 6Z" fill={colour} />}
      {(kind === 'other' || kind === 'auxiliary') && <rect x={4} y={4} width={4} height={4} fill={colour} />}
    </svg>
  );
}
