'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { PreviewPicture, SeedImage } from '@/lib/browser-synthesis/messages';
import { openSynthesis } from '@/lib/browser-synthesis/open-worker';
import { toAssayError } from '@/lib/errors';
import type { ParameterValues } from '@/lib/synthesis/generator';
import { planImage } from '@/lib/synthesis/plan';
import { useIsPrivate } from '../private/private-project';
import { imageUrl } from '../samples/use-samples';

/** How many images of a batch are shown. */
export const PREVIEWS = 9;
/** Longest side of a preview, for screens of two device pixels per pixel. */
const SIDE = 448;
const PATIENCE_MS = 200;

/** Preview of image `index` of the batch. While another is made, the last one stays. */
export type Preview = {
  readonly index: number;
  readonly parentId: string;
  readonly otherId: string | null;
  readonly picture: PreviewPicture | null;
  /** Why it cannot be made. */
  readonly failure: string | null;
  /** Of older settings. */
  readonly stale: boolean;
};

export type PreviewSettings = { readonly generator: string; readonly parameters: ParameterValues; readonly seed: number };
type Planned = Pick<Preview, 'index' | 'parentId' | 'otherId'>;
type Outcome = Pick<Preview, 'picture' | 'failure'> & { readonly of: string };

/**
 * The first images of the batch, made in a web worker by the code that makes the batch. When a setting changes, the preview under way ends with
 * the image at hand, and another one begins after a moment.
 * @param settings null while they are wrong, or the generator has no live preview: the last pictures stay
 */
export function usePreviews(projectId: string, settings: PreviewSettings | null, seedIds: readonly string[]): readonly Preview[] {
  const isPrivate = useIsPrivate();
  const [outcomes, setOutcomes] = useState<readonly (Outcome | undefined)[]>([]);
  const wanted = settings === null || seedIds.length === 0 ? null : JSON.stringify([settings, plannedOf(settings.seed, seedIds)]);
  const [last, setLast] = useState(wanted);
  if (wanted !== null && wanted !== last) setLast(wanted);
  const words = wanted ?? last;
  const [current, planned] = useMemo(() => (words === null ? [null, []] : (JSON.parse(words) as [PreviewSettings, Planned[]])), [words]);
  const worker = useRef<ReturnType<typeof openSynthesis> | null>(null);

  useEffect(
    () => () => {
      worker.current?.end();
      worker.current = null;
    },
    [],
  );

  useEffect(() => {
    if (current === null || words === null) return;
    let gone = false;
    const seed = (sampleId: string): SeedImage => ({ projectId, sampleId, url: isPrivate ? null : imageUrl(projectId, sampleId, 'original') });
    const make = async () => {
      const opened = (worker.current ??= openSynthesis());
      for (const { index, parentId, otherId } of planned) {
        if (gone) return;
        const request = { kind: 'preview' as const, side: SIDE, settings: current, index, parent: seed(parentId), other: otherId === null ? null : seed(otherId) };
        const outcome: Outcome = await opened.call(request).then(
          (picture) => ({ picture: picture as PreviewPicture, failure: null, of: words }),
          (error: unknown) => ({ picture: null, failure: toAssayError(error).message, of: words }),
        );
        if (!gone) setOutcomes((before) => Array.from({ length: PREVIEWS }, (_, at) => (at === index ? outcome : before[at])));
      }
    };
    const timer = setTimeout(() => void make(), PATIENCE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [current, planned, words, projectId, isPrivate]);

  return planned.map((image) => {
    const outcome = outcomes[image.index];
    return { ...image, picture: outcome?.picture ?? null, failure: outcome?.failure ?? null, stale: outcome !== undefined && outcome.of !== wanted };
  });
}

function plannedOf(seed: number, seedIds: readonly string[]): Planned[] {
  return Array.from({ length: PREVIEWS }, (_, index) => {
    const { parent, other } = planImage(seed, index, seedIds.length);
    return { index, parentId: seedIds[parent]!, otherId: other === null ? null : seedIds[other]! };
  });
}
