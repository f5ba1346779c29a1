import type { SampleRole } from '@/lib/api/contracts/common';
import { cn } from './cn';

/** Name, letter and classes of each sample role. */
export const roles: Record<SampleRole, { letter: string; label: string; plural: string; meaning: string; text: string; surface: string }> = {
  normal: { letter: 'N', label: 'Normal', plural: 'Normals', meaning: 'A good part.', text: 'text-role-normal', surface: 'bg-role-normal' },
  anomaly: { letter: 'A', label: 'Anomaly', plural: 'Anomalies', meaning: 'A real defect.', text: 'text-role-anomaly', surface: 'bg-role-anomaly' },
  auxiliary: { letter: 'X', label: 'Auxiliary', plural: 'Auxiliary', meaning: 'A synthetic defect, to be judged.', text: 'text-role-auxiliary', surface: 'bg-role-auxiliary' },
};

/** The order in which roles are listed everywhere. */
export const roleOrder: readonly SampleRole[] = ['normal', 'anomaly', 'auxiliary'];

/** A small lettered tag in the colour of the role. */
export function RoleMark({ role, label = false, className }: { role: SampleRole; label?: boolean; className?: string }) {
  const { letter, label: name, surface, text } = roles[role];
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <span role={label ? undefined : 'img'} aria-label={label ? undefined : name} aria-hidden={label || undefined} className={cn('inline-flex h-4 w-4 shrink-0 items-center justify-center rounded-full text-[10px] leading-none font-bold text-surface', surface)}>
        {letter}
      </span>
      {label && <span className={text}>{name}</span>}
    </span>
  );
}
