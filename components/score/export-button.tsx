'use client';

import { PackageCheck } from 'lucide-react';
import { useState } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { formatCount } from '@/lib/figures/format';
import { ExportDialog } from '../exports/export-dialog';
import { Button, type ButtonVariant } from '../ui/button';

type ExportButtonProps = {
  projectId: string;
  runId: string | null;
  filter: RankingFilter;
  /** What the filter selects on this screen. */
  count: number;
  /** "accepted", "of this filter". */
  what: string;
  mayExport: boolean;
  variant?: ButtonVariant;
};

/** Opens the export of what the filter selects; the number on its button is the number in the manifest. */
export function ExportButton({ projectId, runId, filter, count, what, mayExport, variant = 'primary' }: ExportButtonProps) {
  const [open, setOpen] = useState(false);
  const label = `Export ${formatCount(count)} ${what}`;
  return (
    <>
      <Button size="sm" variant={variant} icon={PackageCheck} disabled={count === 0 || !mayExport} title={mayExport ? undefined : 'Only leads export.'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <ExportDialog projectId={projectId} rule={open ? { runId, filter } : null} title={label} what={what} onClose={() => setOpen(false)} />
    </>
  );
}
