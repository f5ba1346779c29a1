'use client';

import { PackageCheck } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { formatCount } from '@/lib/figures/format';
import { Button, type ButtonVariant } from '../ui/button';
import { useOpened } from '../ui/use-opened';

const ExportDialog = dynamic(() => import('../exports/export-dialog').then((module) => module.ExportDialog));

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
  const opened = useOpened(open);
  const label = `Export ${formatCount(count)} ${what}`;
  return (
    <>
      <Button size="sm" variant={variant} icon={PackageCheck} disabled={count === 0 || !mayExport} title={mayExport ? undefined : 'Only leads export.'} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {opened && <ExportDialog projectId={projectId} rule={open ? { runId, filter } : null} title={label} what={what} onClose={() => setOpen(false)} />}
    </>
  );
}
