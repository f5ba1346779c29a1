import { Boxes, Crosshair, Database, FlaskConical, Gauge, History, Map as MapIcon, Package, Settings, SlidersHorizontal, WandSparkles, type LucideIcon } from 'lucide-react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { countOf, formatCount } from '@/lib/figures/format';

/** A stage of the work: its place in the rail and its state at a glance. */
export type Stage = {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Short state, as "1,240" or "EAP .83"; empty when there is none. */
  readonly glance: (overview: ProjectOverview) => string;
  /** Shown in the bottom bar of narrow screens; the others are behind "More". */
  readonly main: boolean;
};

/** The stages in the order of the flow. */
export const stages: readonly Stage[] = [
  { id: 'samples', label: 'Samples', icon: Database, glance: ({ sampleCount }) => formatCount(sampleCount), main: true },
  { id: 'features', label: 'Features', icon: Boxes, glance: ({ featureSets }) => (featureSets === 0 ? '' : countOf(featureSets, 'set')), main: false },
  { id: 'scores', label: 'Scores', icon: Gauge, glance: scoreGlance, main: true },
  { id: 'review', label: 'Review', icon: Crosshair, glance: reviewGlance, main: true },
  { id: 'map', label: 'Map', icon: MapIcon, glance: () => '', main: true },
  { id: 'generate', label: 'Generate', icon: WandSparkles, glance: () => '', main: false },
  { id: 'select', label: 'Select', icon: SlidersHorizontal, glance: () => '', main: false },
  { id: 'experiments', label: 'Experiments', icon: FlaskConical, glance: () => '', main: false },
  { id: 'exports', label: 'Exports', icon: Package, glance: ({ exports }) => (exports === 0 ? '' : formatCount(exports)), main: false },
  { id: 'history', label: 'History', icon: History, glance: () => '', main: false },
  { id: 'settings', label: 'Settings', icon: Settings, glance: () => '', main: false },
];

/** Pages within stages, which the command palette names too. */
export const stageParts: readonly { readonly path: string; readonly label: string; readonly stage: string }[] = [
  { stage: 'scores', path: 'scores/evaluators', label: 'Compare evaluators' },
  { stage: 'scores', path: 'scores/keep', label: 'How many to keep' },
  { stage: 'generate', path: 'generate/feedback', label: 'Generator feedback' },
  { stage: 'select', path: 'select/prompts', label: 'Choose prompts without labels' },
  { stage: 'select', path: 'select/normals', label: 'Prototypes of normality' },
];

/** Address of a stage of a project. */
export function stagePath(projectId: string, stage: string): string {
  return `/projects/${projectId}/${stage}`;
}

/** The stage that a path lies in, or undefined. */
export function stageOf(pathname: string): Stage | undefined {
  const id = /^\/projects\/[^/]+\/([^/]+)/.exec(pathname)?.[1];
  return stages.find((stage) => stage.id === id);
}

function scoreGlance({ latestRun }: ProjectOverview): string {
  if (latestRun === null) return '';
  return latestRun.aucQlt === null ? latestRun.evaluator : `${latestRun.evaluator} ${latestRun.aucQlt.toFixed(2).replace(/^0/, '')}`;
}

function reviewGlance({ review }: ProjectOverview): string {
  if (review.auxiliary === 0) return '';
  return `${formatCount(review.accepted + review.rejected)}/${formatCount(review.auxiliary)}`;
}
