'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Sample } from '@/lib/api/contracts/samples';
import { formatBytes, formatDateTime, formatNumber, shortHash } from '@/lib/figures/format';
import { OriginalLink } from '../private/original-link';
import { SampleImage } from '../private/sample-image';
import { CopyText } from '../ui/copy-text';
import { Checkbox } from '../ui/checkbox';
import { IconButton } from '../ui/icon-button';
import { Facts } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { RoleMark } from '../ui/role-mark';
import { Sheet } from '../ui/sheet';
import { Skeleton } from '../ui/skeleton';
import { reasonLabel, VerdictMark } from '../ui/verdict-mark';
import { AllValues } from '../vector/all-values';
import { FeatureTable } from '../vector/feature-table';
import { SampleTags } from './sample-tags';
import { imageUrl, useSample } from './use-samples';
import { ZeroShotLine } from './zero-shot-line';

type SampleDrawerProps = { projectId: string; sampleId: string | null; onClose: () => void; onStep: ((by: 1 | -1) => void) | null };

/** One sample: its picture and everything known of it. */
export function SampleDrawer({ projectId, sampleId, onClose, onStep }: SampleDrawerProps) {
  const { data: sample, error, refetch } = useSample(projectId, sampleId);
  return (
    <Sheet
      open={sampleId !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      modal={false}
      width="lg"
      title={sample?.fileName ?? 'Sample'}
      description={sample?.folder === '' ? undefined : sample?.folder}
      footer={
        <>
          {onStep !== null && (
            <span className="mr-auto flex gap-1">
              <IconButton icon={ChevronLeft} label="Previous sample" onClick={() => onStep(-1)} />
              <IconButton icon={ChevronRight} label="Next sample" onClick={() => onStep(1)} />
            </span>
          )}
          {sample !== undefined && sample.features === null && (
            <OriginalLink projectId={projectId} sampleId={sample.id} fileName={sample.fileName} />
          )}
        </>
      }
    >
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} className="m-5" />}
      {sample === undefined && error === null && <Skeleton className="m-5 h-80" />}
      {sample !== undefined && <SampleBody key={sample.id} projectId={projectId} sample={sample} />}
    </Sheet>
  );
}

function SampleBody({ projectId, sample }: { projectId: string; sample: Sample }) {
  const [mask, setMask] = useState(false);
  return (
    <div className="flex flex-col gap-4 px-5 py-4">
      {sample.features === null ? (
        <div className="relative flex max-h-[55vh] justify-center bg-sunken">
          <SampleImage projectId={projectId} sampleId={sample.id} words src={imageUrl(projectId, sample.id, mask ? 'mask' : 'view')} alt={mask ? `Mask of ${sample.fileName}` : sample.fileName} width={sample.width ?? undefined} height={sample.height ?? undefined} className="max-h-[55vh] w-full object-contain" />
        </div>
      ) : (
        <div className="flex flex-col gap-2">
          <FeatureTable features={sample.features} of="This sample" />
          <AllValues projectId={projectId} sampleId={sample.id} />
        </div>
      )}
      {sample.hasMask && <Checkbox checked={mask} onChange={setMask} label="Show the mask" />}
      <SampleTags projectId={projectId} sampleId={sample.id} />
      <Facts facts={factsOf(sample)} />
      {sample.features === null && <ZeroShotLine projectId={projectId} sampleId={sample.id} />}
    </div>
  );
}

function factsOf(sample: Sample) {
  const { state } = sample;
  const optional: readonly (readonly [string, string | null])[] = [
    ['Defect type', sample.defectType],
    ['Known quality', sample.qualityLabel],
    ['Split', sample.split],
    ['Excluded', sample.excluded ? 'from all that is computed' : null],
    ['Generator', sample.generator],
    ['Prompt', sample.prompt],
    ['Severity', sample.severity === null ? null : formatNumber(sample.severity)],
    ['Parameters', (sample.parameters ?? null) === null ? null : JSON.stringify(sample.parameters)],
  ];
  return [
    ['Role', <RoleMark key="role" role={sample.role} label />] as const,
    ...(state !== null && state.verdict !== null ? [['Decision', <Decision key="decision" state={state} verdict={state.verdict} />] as const] : []),
    ...optional.filter((fact): fact is readonly [string, string] => fact[1] !== null),
    sample.features === null ? (['Image', `${sample.width} × ${sample.height} px, ${sample.format.toUpperCase()}, ${formatBytes(sample.bytes)}`] as const) : (['Table', sample.folder] as const),
    ['SHA-256', <CopyText key="hash" text={sample.sha256} shown={shortHash(sample.sha256, 12)} label="Copy the SHA-256" />] as const,
    ['Added', formatDateTime(sample.createdAt)] as const,
  ];
}

function Decision({ state, verdict }: { state: NonNullable<Sample['state']>; verdict: NonNullable<NonNullable<Sample['state']>['verdict']> }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <VerdictMark verdict={verdict} label />
      {state.reason !== null && <span>{reasonLabel(state.reason)}</span>}
      {state.userName !== null && <span className="text-muted">by {state.userName}</span>}
    </span>
  );
}
