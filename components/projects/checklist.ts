import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { countOf, formatCount, formatUnit } from '@/lib/figures/format';

/** One of the five steps from images to an export. */
export type ChecklistStep = {
  readonly id: 'samples' | 'features' | 'scores' | 'review' | 'exports';
  readonly title: string;
  /** What the step is for, while it is not done. */
  readonly purpose: string;
  readonly button: string;
  /** Path below the project that the button leads to. */
  readonly href: string;
  readonly done: boolean;
  /** The result in one line, once done. */
  readonly result: string;
  /** Why the step cannot be taken yet, or null. */
  readonly blocked: string | null;
};

/** The checklist of a project. A step is done when its result exists; the review, when every auxiliary sample is decided. */
export function checklistOf(overview: ProjectOverview): readonly ChecklistStep[] {
  const { samples, review, latestRun } = overview;
  const enough = samples.normal > 0 && samples.auxiliary > 0;
  const decided = review.accepted + review.rejected;
  return [
    {
      id: 'samples',
      title: overview.kind === 'vector' ? 'Add samples' : 'Add images',
      purpose: 'Normals, some real anomalies, and the synthetic anomalies to be judged. A folder in MVTec layout is recognised; tables of feature vectors (.npz, .npy, CSV, Parquet) are taken instead of images.',
      button: overview.sampleCount === 0 ? 'Add images' : overview.kind === 'vector' ? 'Add more rows' : 'Add more images',
      href: 'samples',
      done: enough,
      result: `${formatCount(samples.normal)} normal, ${formatCount(samples.anomaly)} real anomalies, ${formatCount(samples.auxiliary)} auxiliary${samples.refused > 0 ? `; ${countOf(samples.refused, 'file')} refused` : ''}`,
      blocked: null,
    },
    {
      id: 'features',
      ...featureWords(overview),
      done: overview.featureSets > 0,
      result: overview.kind === 'vector' ? 'The vectors came with the files' : countOf(overview.featureSets, 'feature set'),
      blocked: enough ? null : missingRoles(overview),
    },
    {
      id: 'scores',
      title: 'Score',
      purpose: 'EAP tells of every auxiliary sample whether it is realistic, unrealistic, or cannot be told from a normal.',
      button: 'Score with EAP',
      href: 'scores',
      done: latestRun !== null,
      result: latestRun === null ? '' : scoreResult(latestRun),
      blocked: overview.featureSets > 0 ? null : 'Needs a feature set.',
    },
    {
      id: 'review',
      title: 'Review',
      purpose: 'Go along the ranking and accept or reject, by keyboard.',
      button: decided > 0 ? 'Go on with the review' : 'Start the review',
      href: 'review',
      done: review.auxiliary > 0 && decided >= review.auxiliary,
      result: `${formatCount(review.accepted)} accepted, ${formatCount(review.rejected)} rejected`,
      blocked: latestRun === null ? 'Needs scores.' : null,
    },
    {
      id: 'exports',
      title: 'Export',
      purpose: `The accepted samples as a zip${overview.kind === 'vector' ? ' with their values as given' : ' in MVTec layout'}, with a manifest that names every score and decision.`,
      button: 'Export the accepted',
      href: 'exports?new=1',
      done: overview.exports > 0,
      result: countOf(overview.exports, 'export'),
      blocked: review.accepted === 0 ? 'Needs at least one accepted sample.' : null,
    },
  ];
}

function featureWords({ kind }: ProjectOverview): Pick<ChecklistStep, 'title' | 'purpose' | 'button' | 'href'> {
  if (kind === 'vector') return { title: 'Features', purpose: 'The vectors came with the files; they are standardised by the training rows.', button: 'See the features', href: 'features' };
  return { title: 'Extract features', purpose: 'A network turns every image into a vector; distances between vectors are what the score is made of.', button: 'Extract features', href: 'features?extract=1' };
}

function missingRoles({ samples }: ProjectOverview): string {
  if (samples.normal === 0 && samples.auxiliary === 0) return 'Needs images.';
  return samples.normal === 0 ? 'Needs normals.' : 'Needs auxiliary samples.';
}

function scoreResult(run: NonNullable<ProjectOverview['latestRun']>): string {
  const parts = [run.evaluator];
  if (run.aucQlt !== null) parts[0] = `${run.evaluator}, AUC ${formatUnit(run.aucQlt)}`;
  if (run.zones !== null) {
    const { realistic, unrealistic, indistinguishable } = run.zones;
    parts.push(`${formatCount(realistic)} realistic, ${formatCount(unrealistic)} unrealistic, ${formatCount(indistinguishable)} indistinguishable`);
  }
  return parts.join('; ');
}
