'use client';

import { SEED_IMAGES } from '@/lib/anomaly/selection/support-split';
import { formatCount } from '@/lib/figures/format';
import { InlineNumber, Sentence } from './inline-controls';

/** How normals are divided; null takes the default (all normals; 20 seeds, at most half). */
export type SplitChoice = { readonly supportLimit: number | null; readonly seedImages: number | null };

/** Fewest normals that a selection takes: two on each side. */
export const leastSupport = 4;

/** The numbers that a choice comes to with so many training normals. */
export function splitNumbers(normals: number, { supportLimit, seedImages }: SplitChoice): { support: number; seeds: number; heldOut: number } {
  const support = Math.min(normals, supportLimit ?? normals);
  const seeds = Math.min(seedImages ?? Math.min(SEED_IMAGES, Math.floor(support / 2)), Math.max(1, support - 1));
  return { support, seeds, heldOut: support - seeds };
}

/** "Split 40 normals: 20 seeds, the other 20 for validation." */
export function SplitSentence({ normals, choice, onChange, mayLimit = true }: { normals: number; choice: SplitChoice; onChange: (choice: SplitChoice) => void; /** False where the whole support set always takes part. */ mayLimit?: boolean }) {
  const { support, seeds, heldOut } = splitNumbers(normals, choice);
  return (
    <Sentence>
      Split{' '}
      {mayLimit ? (
        <InlineNumber label="Normals that take part" value={support} onChange={(next) => onChange({ ...choice, supportLimit: next === normals ? null : next })} minimum={Math.min(leastSupport, normals)} maximum={normals} />
      ) : (
        formatCount(support)
      )}{' '}
      normals: <InlineNumber label="Normals that synthetic anomalies are made of" value={seeds} onChange={(next) => onChange({ ...choice, seedImages: next })} minimum={1} maximum={Math.max(1, support - 1)} /> seeds, the other {formatCount(heldOut)} for validation.
    </Sentence>
  );
}
