'use client';

import { PackageCheck } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { countOf, formatCount } from '@/lib/figures/format';
import { useStartExport } from '../exports/use-exports';
import { stagePath } from '../frame/stages';
import { Button, buttonClass, type ButtonVariant } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem';

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

/** Freezes what the filter selects into an export; the number on the button is the number in the manifest. */
export function ExportButton({ projectId, runId, filter, count, what, mayExport, variant = 'primary' }: ExportButtonProps) {
  const [open, setOpen] = useState(false);
  const start = useStartExport(projectId);
  const label = `Export ${formatCount(count)} ${what}`;
  return (
    <>
      <Button size="sm" variant={variant} icon={PackageCheck} disabled={count === 0 || !mayExport} title={mayExport ? undefined : 'Only leads export.'} onClick={() => { start.reset(); setOpen(true); }}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={label}
        description="Makes a zip in the MVTec layout with manifest and CSV. It holds the decisions up to now; later ones do not change it."
        width="sm"
        footer={
          start.isSuccess ? (
            <Link href={stagePath(projectId, 'exports')} className={buttonClass('primary')}>
              Go to exports
            </Link>
          ) : (
            <Button variant="primary" busy={start.isPending} onClick={() => start.mutate({ runId, filter })}>
              {label}
            </Button>
          )
        }
      >
        {start.isSuccess && <p role="status">The export holds {countOf(start.data.count, 'sample')}. {start.data.jobId === null ? 'This browser writes it from the images that it keeps, and saves it.' : 'It can be downloaded when its job is done.'}</p>}
        {start.error && <ProblemNote error={start.error} />}
        {start.isIdle && runId === null && <p className="text-muted">No score run is chosen: the manifest will carry decisions without scores.</p>}
      </Dialog>
    </>
  );
}
