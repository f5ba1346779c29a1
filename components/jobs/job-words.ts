import type { Job } from '@/lib/api/contracts/jobs';
import { formatCount, formatDuration, formatRate } from '@/lib/figures/format';

const names: Record<Job['kind'], string> = {
  import: 'Import',
  extract: 'Feature extraction',
  score: 'Scoring',
  project: 'Map',
  export: 'Export',
  demo: 'Demo',
  model: 'Model check',
  model_download: 'Network download',
  model_files: 'New network',
  parity: 'Reference vectors',
  patches: 'Heat maps',
  experiment: 'Experiment',
  experiment_cell: 'Part of an experiment',
  generate: 'Synthetic anomalies',
  select_models: 'Choice of a model',
  select_prompts: 'Choice of a prompt',
  find_prototypes: 'Prototypes of normality',
  analyse_keep: 'How many to keep',
  pick_diverse: 'Diverse choice',
};

/** What a job does, as a noun. */
export function jobName(job: Pick<Job, 'kind'>): string {
  return names[job.kind];
}

/** What a job made, in a line, where its state alone does not say it. */
export function jobResultLine({ kind, state, result }: Pick<Job, 'kind' | 'state' | 'result'>): string | null {
  if (state !== 'succeeded' || (kind !== 'model_download' && kind !== 'model_files')) return null;
  const { name, dim, output } = result as { name: string; dim: number; output: { name: string; pooling: string } };
  return `${name} is in the library: ${formatCount(dim)} values from ${output.name} (${output.pooling})`;
}

/** Whether a job waits or runs. */
export function isActive(job: Pick<Job, 'state'>): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** Share done in [0, 1], or null while the total is not known. */
export function jobShare(job: Pick<Job, 'done' | 'total'>): number | null {
  return job.total === null || job.total === 0 ? null : Math.min(1, job.done / job.total);
}

/** One line on how far a job is: "120 of 400 · 41 images/s · 7 s left". */
export function jobProgressLine(job: Job): string {
  if (job.cancelRequested && isActive(job)) return 'Stopping after this step';
  if (job.state === 'queued') return 'Waiting for a worker';
  const parts = [
    job.total === null ? (job.done > 0 ? formatCount(job.done) : null) : `${formatCount(job.done)} of ${formatCount(job.total)}`,
    job.rate === null ? null : formatRate(job.rate, job.unit ?? 'steps'),
    job.secondsLeft === null ? null : `${formatDuration(job.secondsLeft < 1 ? 1 : job.secondsLeft)} left`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(' · ') : (job.step ?? 'Starting');
}
