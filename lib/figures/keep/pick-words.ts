import type { DiversePickSummary } from '@/lib/api/contracts/keep';
import { countOf, formatCount, formatNumber } from '../format';

/** "half and half", "mostly quality": a weight of quality against diversity from 0 to 1 in words. */
export function weightWords(weight: number): string {
  if (weight <= 0) return 'diversity only';
  if (weight >= 1) return 'quality only';
  if (weight < 0.4) return 'mostly diversity';
  return weight > 0.6 ? 'mostly quality' : 'half and half';
}

/** What a diverse choice gains over the plain top of the same size, and what it costs, in a sentence or two. */
export function pickSentence({ diverse, top, shared }: DiversePickSummary): string {
  if (shared === diverse.picked) return `The ${countOf(diverse.picked, 'picked sample')} ${diverse.picked === 1 ? 'is' : 'are'} the plain top ${formatCount(diverse.picked)}: there is nothing to gain by diversity here.`;
  const nearer = diverse.meanCoverage < top.meanCoverage;
  const coverage = `A sample of the pool is ${formatNumber(diverse.meanCoverage)} from the nearest picked one on average, ${nearer ? 'instead of' : 'against'} ${formatNumber(top.meanCoverage)} with the plain top ${formatCount(top.picked)}`;
  const copies = `${countOf(diverse.nearCopies, 'near copy', 'near copies')} instead of ${formatCount(top.nearCopies)}`;
  return `${coverage}; ${copies}. Mean quality is ${formatNumber(diverse.meanQuality)} instead of ${formatNumber(top.meanQuality)}; ${formatCount(shared)} samples are in both.`;
}
