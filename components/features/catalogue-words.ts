import type { Model } from '@/lib/api/contracts/features';
import type { CatalogueEntry } from '@/lib/api/contracts/models';
import { formatCount } from '@/lib/figures/format';

/** "11.7 M weights", "5,120 weights". */
export function parameterCount(count: number): string {
  if (count < 50_000) return `${formatCount(count)} weights`;
  return `${(count / 1e6).toFixed(count < 1e8 ? 1 : 0)} M weights`;
}

/** The value, marked where nobody has looked it up. */
export function evidenceNote(value: string, known: CatalogueEntry['licence']['known']): string {
  return known === 'assumed' ? `${value}*` : value;
}

/** Whether a registered network was downloaded from the repository of an entry. */
export function cameFrom({ manifest }: Model, { hub }: CatalogueEntry): boolean {
  const source = typeof manifest === 'object' && manifest !== null && 'source' in manifest ? manifest.source : undefined;
  return hub !== null && typeof source === 'string' && source.startsWith(`hf:${hub.repo}@`);
}
