'use client';

import type { ResultState } from '@/lib/api/contracts/common';
import { JobRow } from '../jobs/job-row';
import { useJob } from '../jobs/use-jobs';

type UnfinishedProps = {
  projectId: string;
  selection: { readonly state: ResultState; readonly jobId: string | null };
  /** What is made between the anomalies and the comparison: "vectors". */
  between: string;
  mayAct: boolean;
};

/** How far a selection is, or that it ended without a result, with its job. */
export function UnfinishedSelection({ projectId, selection: { state, jobId }, between, mayAct }: UnfinishedProps) {
  const job = useJob(projectId, jobId);
  const words: Record<ResultState, string> = {
    pending: `The selection is being made: anomalies first, then ${between}, then the comparison. This page can be left.`,
    failed: 'The selection failed.',
    cancelled: 'The selection was cancelled.',
    ready: 'The selection has no result.',
  };
  return (
    <>
      <p className="text-lead">{words[state]}</p>
      {job !== undefined && (
        <ul className="border-y border-line">
          <JobRow job={job} projectId={projectId} mayAct={mayAct} />
        </ul>
      )}
    </>
  );
}
