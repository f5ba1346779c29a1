'use client';

import { Download } from 'lucide-react';
import { urlOf } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { buttonClass } from '../ui/button';
import { Section } from '../ui/page';
import { useExports } from './use-exports';

const formats = [
  { format: 'csv', label: 'All decisions as CSV' },
  { format: 'jsonl', label: 'All decisions as JSON lines' },
] as const;

/** Every decision that was ever taken, written when it is asked for. */
export function DecisionLog({ projectId }: { projectId: string }) {
  const { data: exports } = useExports(projectId);
  // It stands below the list and would be moved by it.
  if (exports === undefined) return null;
  return (
    <Section title="Every decision ever taken" summary="Who decided what, when and why, with which run on the screen, and whether it was taken back; on deleted samples too. Written now, kept nowhere.">
      <div className="flex flex-wrap gap-2">
        {formats.map(({ format, label }) => (
          <a key={format} href={urlOf(addresses.decisionLog, { params: { projectId }, query: { format } })} download className={buttonClass('secondary')}>
            <Download aria-hidden className="size-4" />
            {label}
          </a>
        ))}
      </div>
    </Section>
  );
}
