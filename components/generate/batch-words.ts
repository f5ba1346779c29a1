import type { Generation, GenerationSummary } from '@/lib/api/contracts/generators';
import { formatCount } from '@/lib/figures/format';
import type { BatchTotals } from '@/lib/figures/generation-groups';
import { describeGenerator } from '@/lib/synthesis/describe';
import { reasonLabel } from '../ui/verdict-mark';
import { changedValues } from './generate-form';

/** What differs from the defaults: "Largest area 0.05, Jitter 0.2"; "defaults". */
export function settingsWords({ generator, parameters, diffusionModelName }: Pick<Generation, 'generator' | 'parameters' | 'diffusionModelName'>): string {
  const labels = new Map(describeGenerator(generator).parameters.map(({ name, label }) => [name, label]));
  const changed = Object.entries(changedValues(generator, parameters)).map(([name, text]) => `${labels.get(name) ?? name} ${text}`);
  const words = labels.size === 0 ? [] : changed.length === 0 ? ['defaults'] : changed;
  return [...(diffusionModelName === null ? [] : [diffusionModelName]), ...words].join(', ');
}

/** "2 there already, 1 failed"; empty when all went well. */
export function troubleWords({ duplicates, failed }: Pick<BatchTotals, 'duplicates' | 'failed'>): string {
  return [duplicates > 0 ? `${formatCount(duplicates)} there already` : null, failed > 0 ? `${formatCount(failed)} failed` : null].filter((part) => part !== null).join(', ');
}

/** "unrealistic 12, artefact 3": the two main reasons of rejection. */
export function reasonsWords(reasons: BatchTotals['reasons']): string {
  return reasons.slice(0, 2).map(({ reason, count }) => `${reasonLabel(reason).toLowerCase()} ${formatCount(count)}`).join(', ');
}

/** Sentences on what could not be made. */
export function failureLines(summary: GenerationSummary | null): string[] {
  if (summary === null) return [];
  return [...summary.failures.map(({ message, count }) => `${formatCount(count)}: ${message}`), ...(summary.error === undefined ? [] : [summary.error.message])];
}
