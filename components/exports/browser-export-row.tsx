'use client';

import { Download, PackageOpen, X } from 'lucide-react';
import type { Export } from '@/lib/api/contracts/exports';
import { formatBytes, formatDate, shortHash } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { CopyText } from '../ui/copy-text';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { browserExportLine, browserExportShare } from './browser-export-words';
import { useBrowserExport, useKeptZip, useSaveZip, useStartBrowserExport } from './use-browser-export';

type PartProps = { item: Export; projectId: string };
type NamedProps = PartProps & { /** What tells the export from the others. */ name: string };

/** What has become of an export whose zip a browser writes. */
export function BrowserExportLine({ item, projectId, mayAct }: PartProps & { mayAct: boolean }) {
  const writing = useBrowserExport(item.id);
  const { data: kept, error: noAccess } = useKeptZip(projectId, item.id);
  if (writing?.isLive === true) {
    return (
      <div className="mt-2 max-w-80">
        <Progress value={browserExportShare(writing.state)} label="Export in this browser" />
        <p className="mt-1 text-small text-muted" role="status">{browserExportLine(writing.state)}</p>
      </div>
    );
  }
  const differs = kept != null && item.sha256 !== null && kept.sha256 !== item.sha256;
  const error = writing?.state.error ?? noAccess;
  return (
    <>
      {kept !== undefined && <p className="text-small text-muted">{stateWords(item, kept !== null, mayAct)}</p>}
      {differs && (
        <p className="text-small text-danger">
          {`The zip that lies here has other bytes (sha256 ${shortHash(kept.sha256, 12)}) than the first one had: a role, label or name, or the version of Assay, has changed since.`}
        </p>
      )}
      {error !== null && <ProblemNote error={error} className="mt-2 max-w-xl" />}
    </>
  );
}

function stateWords({ state }: Export, isHere: boolean, mayAct: boolean): string {
  if (state === 'ready') return isHere ? 'Written in this browser.' : `Its zip is not in this browser${mayAct ? '; it can be written again from the images here.' : '.'}`;
  if (state === 'pending') return 'Not written yet.';
  return state === 'failed' ? 'The zip could not be written.' : 'It was cancelled.';
}

/** Hash and size of the zip, and how long it stays in this browser. */
export function BrowserExportSize({ item, name, projectId }: NamedProps) {
  const { data: kept } = useKeptZip(projectId, item.id);
  if (item.sha256 === null) return null;
  return (
    <div className="text-small text-muted">
      <CopyText text={item.sha256} shown={`sha256 ${shortHash(item.sha256, 12)}`} label={`Copy the SHA-256 of the zip: ${name}`} />
      <p>
        {formatBytes(item.bytes)}
        {kept != null && ` · kept here until ${formatDate(kept.until)}`}
      </p>
    </div>
  );
}

/** Writes the zip, stops that, or saves it. */
export function BrowserExportButtons({ item, name, projectId }: NamedProps) {
  const writing = useBrowserExport(item.id);
  const { data: kept } = useKeptZip(projectId, item.id);
  const start = useStartBrowserExport(projectId);
  const save = useSaveZip(projectId);
  const verb = item.state === 'pending' ? 'Write the zip' : 'Write it again';
  if (writing?.isLive === true) return <Button icon={X} onClick={writing.cancel} aria-label={`Cancel: ${name}`}>Cancel</Button>;
  if (kept === undefined) return null;
  // One that lies here unreported (the server did not answer) is written once more.
  if (kept === null || item.state !== 'ready') {
    return (
      <Button variant="primary" icon={PackageOpen} onClick={() => start(item)} aria-label={`${verb}: ${name}`}>
        {verb}
      </Button>
    );
  }
  return (
    <Button variant="primary" icon={Download} busy={save.isPending} onClick={() => save.mutate(item)} aria-label={`Save the zip: ${name}`}>
      Save the zip
    </Button>
  );
}
