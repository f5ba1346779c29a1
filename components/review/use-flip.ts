'use client';

import { useEffect, useState } from 'react';
import type { Neighbour, Score } from '@/lib/api/contracts/runs';
import { flipSentence, flipTarget, type FlipTarget } from '@/lib/figures/flip-target';
import { useAnnounce } from '../ui/announcer';

/** What the sample that is looked at is compared with, and how to choose another neighbour for that. */
export type Flip = { readonly target: FlipTarget | null; readonly choose: (neighbour: Neighbour) => void };

/**
 * The nearest normal, or the neighbour that a person has chosen for this sample; the next sample starts with its nearest normal.
 * @param score of this sample; one of another sample counts as not known
 */
export function useFlip(score: Score | undefined, sampleId: string | null): Flip {
  const [chosen, setChosen] = useState<{ of: string; id: string } | null>(null);
  if (chosen !== null && chosen.of !== sampleId) setChosen(null);
  const announce = useAnnounce();
  const target = score !== undefined && score.sampleId === sampleId ? flipTarget(score, chosen?.of === sampleId ? chosen.id : null) : null;
  const choose = (neighbour: Neighbour) => {
    if (sampleId === null || target?.neighbour.sampleId === neighbour.sampleId) return;
    setChosen({ of: sampleId, id: neighbour.sampleId });
    const next = score && flipTarget(score, neighbour.sampleId);
    if (next) announce(`Flips to: ${flipSentence(next)}.`);
  };
  return { target, choose };
}

/** Says what stands in the place of the sample, when it comes there. */
export function useSayFlipped(shown: FlipTarget | null): void {
  const announce = useAnnounce();
  const sentence = shown && flipSentence(shown);
  useEffect(() => {
    if (sentence !== null) announce(`${sentence}.`);
  }, [announce, sentence]);
}
