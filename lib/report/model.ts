import type { RejectReason, SampleRole, Verdict, Zone } from '@/lib/api/contracts/common';
import type { Columns } from '@/lib/api/contracts/columns';
import type { ManifestHead } from '@/lib/api/contracts/export-manifest';
import type { RunSummary } from '@/lib/api/contracts/runs';

/** A run as the report shows it: what it was, what it found, and the scores of all samples. */
export type ReportRun = {
  readonly id: string;
  readonly evaluator: string;
  readonly preset: string;
  readonly parameters: unknown;
  readonly seed: number;
  readonly summary: RunSummary | null;
  readonly columns: Columns | null;
};

/** The latest decision on a sample at the cut-off; verdict null where an undo made it undecided. */
export type ReportDecision = { readonly sampleId: string; readonly verdict: Verdict | null; readonly reason: RejectReason | null; readonly reviewer: string };

/** A sample with its picture. */
export type ReportSample = {
  readonly fileName: string;
  readonly role: SampleRole;
  readonly defectType: string | null;
  readonly quality: number | null;
  readonly zone: Zone | null;
  readonly verdict: Verdict | null;
  readonly reason: RejectReason | null;
  /** A data: address; null of a vector. */
  readonly picture: string | null;
};

/** Everything that a report is made of. */
export type ReportModel = {
  readonly head: ManifestHead;
  /** The rule of the export in words. */
  readonly rule: string;
  readonly createdBy: string | null;
  /** All samples of the project at the time of writing, and those of the selection. */
  readonly roles: { readonly project: Readonly<Record<SampleRole, number>>; readonly selection: Readonly<Record<SampleRole, number>>; readonly excluded: number };
  /** The run of the export first, then the newest of each other evaluator on the same features. Empty without a run. */
  readonly runs: readonly ReportRun[];
  readonly decisions: readonly ReportDecision[];
  readonly strips: readonly { readonly title: string; readonly about: string; readonly samples: readonly ReportSample[] }[];
  /** SHA-256 over the sorted SHA-256s of the selected files, a line each. */
  readonly selectionSha256: string;
};
