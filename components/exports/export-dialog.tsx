'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { Export, ExportFormat, ExportRule } from '@/lib/api/contracts/exports';
import { countOf, formatCount } from '@/lib/figures/format';
import { ruleWords } from '@/lib/figures/rule-words';
import { stagePath } from '../frame/stages';
import { useProjectOverview } from '../projects/use-projects';
import { Button, buttonClass } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ProblemNote } from '../ui/problem';
import { FormatChoice } from './format-choice';
import { formatTitle, possibleFormat } from './formats';
import { useExportCount, useStartExport } from './use-exports';

type ExportDialogProps = {
  projectId: string;
  /** What is exported; null while the dialog is closed. */
  rule: ExportRule | null;
  title: string;
  /** "accepted", "of this filter": what the samples are, on the button. */
  what?: string;
  /** The format that is chosen at first. */
  format?: ExportFormat;
  /** What to add about the count. */
  note?: string | null;
  /** What happens when the export has begun; without it the dialog says so and links to the exports. */
  onStarted?: (begun: Export) => void;
  onClose: () => void;
};

/** Chooses a format, counts what a rule selects now and exports exactly that. */
export function ExportDialog({ rule, onClose, title, ...rest }: ExportDialogProps) {
  return rule === null ? null : <OpenDialog rule={rule} onClose={onClose} title={title} {...rest} />;
}

function OpenDialog({ projectId, rule, title, what, format: first = 'folder', note = null, onStarted, onClose }: ExportDialogProps & { rule: ExportRule }) {
  const [chosen, setFormat] = useState(first);
  const count = useExportCount(projectId, rule, true);
  const start = useStartExport(projectId);
  const { data: overview } = useProjectOverview(projectId);
  const format = possibleFormat(chosen, overview);
  const error = count.error ?? start.error;
  const onExport = () => start.mutate({ ...rule, format }, onStarted === undefined ? {} : { onSuccess: onStarted });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      description={`${ruleWords(rule)}.`}
      width="lg"
      footer={
        start.isSuccess ? (
          <Link href={stagePath(projectId, 'exports')} className={buttonClass('primary')}>
            Go to exports
          </Link>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" busy={start.isPending} disabled={count.data === undefined || count.data === 0} onClick={onExport}>
              {count.data === undefined ? 'Counting' : buttonLabel(format, count.data, what)}
            </Button>
          </>
        )
      }
    >
      {start.isSuccess ? (
        <Begun begun={start.data} />
      ) : (
        <>
          <FormatChoice value={format} onChange={setFormat} project={overview} />
          <Remarks count={count.data} withoutRun={rule.runId === null} inBrowser={overview?.isPrivate === true && format === 'folder'} note={note} />
        </>
      )}
      {error !== null && <ProblemNote error={error} className="mt-3" />}
    </Dialog>
  );
}

function buttonLabel(format: ExportFormat, count: number, what: string | undefined): string {
  const samples = what === undefined ? countOf(count, 'sample') : `${formatCount(count)} ${what}`;
  return format === 'report' ? `Report on ${samples}` : `Export ${samples}`;
}

function Remarks({ count, withoutRun, inBrowser, note }: { count: number | undefined; withoutRun: boolean; inBrowser: boolean; note: string | null }) {
  return (
    <p className="mt-3 text-muted">
      {count === 0 ? 'The rule selects no sample now.' : 'It holds the decisions up to now; later ones do not change it.'}
      {withoutRun && ' No score run is chosen: it carries decisions without scores.'}
      {inBrowser && ' This browser writes it from the images that it keeps; they are sent nowhere.'}
      {note !== null && count !== undefined && ` ${note}`}
    </p>
  );
}

function Begun({ begun }: { begun: Export }) {
  return (
    <p role="status">
      {`${formatTitle(begun.format)}: `}
      The export holds {countOf(begun.count, 'sample')}. {begun.jobId === null ? 'This browser writes it from the images that it keeps, and saves it.' : 'It can be downloaded when its job is done.'}
    </p>
  );
}
