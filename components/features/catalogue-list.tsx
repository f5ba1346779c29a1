'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Model } from '@/lib/api/contracts/features';
import type { CatalogueEntry, Precision } from '@/lib/api/contracts/models';
import { formatBytes, formatCount } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { ProblemNote } from '../ui/problem';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { useConfirmation } from '../ui/toaster';
import { cameFrom, evidenceNote, parameterCount } from './catalogue-words';
import { useCatalogue, useDownloadModel } from './use-model-library';

/** Public networks that are known to serve. Nothing is downloaded before a button is pressed. */
export function CatalogueList({ projectId, models, isAdmin }: { projectId: string; models: readonly Model[]; isAdmin: boolean }) {
  const { data, error, refetch } = useCatalogue(true);
  if (data === undefined) return error === null ? <Skeleton className="h-40" /> : <ProblemNote error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p className="mb-3 text-muted">Nothing is downloaded before it is asked for; then it comes from {data.hub} to this server and is checked. Values marked * are assumed.</p>
      <ul className="divide-y divide-line border-y border-line" aria-label="Catalogue">
        {data.entries.map((entry) => (
          <CatalogueRow key={entry.id} entry={entry} projectId={projectId} isAdmin={isAdmin} installed={models.some((model) => cameFrom(model, entry))} />
        ))}
      </ul>
    </>
  );
}

function CatalogueRow({ entry, projectId, installed, isAdmin }: { entry: CatalogueEntry; projectId: string; installed: boolean; isAdmin: boolean }) {
  const { hub, licence, parameters, input, output } = entry;
  const facts = [
    evidenceNote(parameterCount(parameters.count), parameters.known),
    evidenceNote(`${input.edge} × ${input.edge} px`, input.known),
    evidenceNote(`${formatCount(output.dim)} values, ${output.pooling}`, output.known),
    evidenceNote(licence.name, licence.known),
  ];
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 py-2.5">
      <div className="min-w-64 flex-1">
        <p className="font-medium">
          {entry.name}
          {installed && <span className="ml-2 text-small font-normal text-muted">in the library</span>}
        </p>
        <p className="text-muted">{entry.note}</p>
        <p className="text-small text-muted">{facts.join(' · ')}</p>
        <p className="text-small break-all text-muted">{hub?.repo ?? `weights: ${entry.exportFrom}`}</p>
      </div>
      {hub !== null && isAdmin && <DownloadButton entry={entry} hub={hub} projectId={projectId} />}
    </li>
  );
}

function DownloadButton({ entry, hub, projectId }: { entry: CatalogueEntry; hub: NonNullable<CatalogueEntry['hub']>; projectId: string }) {
  const files = Object.entries(hub.files) as [Precision, NonNullable<(typeof hub.files)[Precision]>][];
  const [precision, setPrecision] = useState<Precision>(files[0]?.[0] ?? 'fp32');
  const [wantsTexts, setWantsTexts] = useState(false);
  const textFile = hub.textFiles?.[precision];
  const download = useDownloadModel(projectId);
  const confirm = useConfirmation();
  const start = () => {
    const file = hub.files[precision];
    if (file === undefined) return;
    download.mutate(
      { hub: { repo: hub.repo, revision: hub.revision, file: file.path, precision, catalogueId: entry.id, ...(textFile !== undefined && wantsTexts ? { texts: true, textFile: textFile.path } : {}) } },
      { onSuccess: () => confirm(`The download of ${entry.name} has started; Jobs shows how far it is`) },
    );
  };
  return (
    <div className="flex max-w-full flex-col items-end gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          size="sm"
          aria-label={`Precision of ${entry.name}`}
          value={precision}
          onChange={setPrecision}
          options={files.map(([value, { megabytes, known }]) => ({ value, label: `${value}, ${evidenceNote(formatBytes(megabytes * 1e6), known)}` }))}
        />
        <Button size="sm" className="max-md:h-9" icon={Download} busy={download.isPending} onClick={start} aria-label={`Download ${entry.name}`}>
          Download
        </Button>
      </div>
      {textFile !== undefined && (
        <Checkbox
          checked={wantsTexts}
          onChange={setWantsTexts}
          label={
            <span className="text-small">
              with its text tower, {evidenceNote(formatBytes(textFile.megabytes * 1e6), textFile.known)}
              <span className="sr-only"> ({entry.name})</span>
            </span>
          }
        />
      )}
      {download.error !== null && <ProblemNote error={download.error} />}
    </div>
  );
}
