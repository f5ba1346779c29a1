'use client';

import type { ExportRule } from '@/lib/api/contracts/exports';
import { countOf, formatCount } from '@/lib/figures/format';
import { useProjectOverview } from '../projects/use-projects';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem';
import { useConfirmation } from '../ui/toaster';
import { ruleWords } from './rule-words';
import { useExportCount, useStartExport } from './use-exports';

type ExportDialogProps = { projectId: string; rule: ExportRule | null; before: number | null; onClose: () => void };

/** Counts what a rule selects now and exports exactly that. */
export function ExportDialog({ projectId, rule, before, onClose }: ExportDialogProps) {
  const shown = rule ?? { runId: null, filter: {} };
  const count = useExportCount(projectId, shown, rule !== null);
  const start = useStartExport(projectId);
  const { data: overview } = useProjectOverview(projectId);
  const confirm = useConfirmation();
  const close = () => {
    start.reset();
    onClose();
  };
  const error = count.error ?? start.error;
  return (
    <Dialog
      open={rule !== null}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={before === null ? 'Export' : 'Make this export again'}
      description={ruleWords(shown)}
      width="sm"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            busy={start.isPending}
            disabled={count.data === undefined || count.data === 0}
            onClick={() =>
              start.mutate(shown, {
                onSuccess: (begun) => {
                  close();
                  confirm(begun.jobId === null ? 'The export is being written in this browser' : 'The export is being written');
                },
              })
            }
          >
            {count.data === undefined ? 'Counting' : `Export ${countOf(count.data, 'sample')}`}
          </Button>
        </>
      }
    >
      <p className="text-muted">
        {count.data === 0 ? 'The rule selects no sample now.' : 'A zip in MVTec layout with manifest.json and a CSV. Decisions up to now count; later ones do not change it.'}
        {overview?.isPrivate === true && ' This browser writes it from the images that it keeps; they are sent nowhere.'}
        {before !== null && count.data !== undefined && ` Then it was ${formatCount(before)}.`}
      </p>
      {error !== null && <ProblemNote error={error} className="mt-3" />}
    </Dialog>
  );
}
