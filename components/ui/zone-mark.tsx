import type { Zone } from '@/lib/api/contracts/common';
import { cn } from './cn';

/** Letter, name and one-sentence meaning of each zone. */
export const zones: Record<Zone, { letter: string; label: string; meaning: string; text: string; fill: string }> = {
  realistic: { letter: 'R', label: 'Realistic', meaning: 'Near the training data, and the detector finds it anomalous.', text: 'text-zone-realistic', fill: 'fill-zone-realistic' },
  unrealistic: { letter: 'U', label: 'Unrealistic', meaning: 'Outside every sphere of the training data.', text: 'text-zone-unrealistic', fill: 'fill-zone-unrealistic' },
  indistinguishable: { letter: 'I', label: 'Indistinguishable', meaning: 'Near the training data, and the detector finds it normal.', text: 'text-zone-indistinguishable', fill: 'fill-zone-indistinguishable' },
};

/** The order in which zones are listed everywhere. */
export const zoneOrder: readonly Zone[] = ['realistic', 'unrealistic', 'indistinguishable'];

const shapes: Record<Zone, string> = {
  realistic: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z',
  unrealistic: 'M8 .6 15.6 15H.4Z',
  indistinguishable: 'M1.5 1.5h13v13h-13Z',
};

/** Circle R, triangle U, square I: shape, letter and colour say the same. `label` adds the name. */
export function ZoneMark({ zone, label = false, className }: { zone: Zone; label?: boolean; className?: string }) {
  const { letter, label: name, text, fill } = zones[zone];
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <svg viewBox="0 0 16 16" className="size-4 shrink-0" role={label ? undefined : 'img'} aria-label={label ? undefined : name} aria-hidden={label || undefined}>
        <path d={shapes[zone]} className={fill} />
        <text x="8" y={zone === 'unrealistic' ? 13.6 : 11.6} textAnchor="middle" className="fill-surface text-[10px] font-bold">
          {letter}
        </text>
      </svg>
      {label && <span className={cn('font-medium', text)}>{name}</span>}
    </span>
  );
}
