'use client';

import { useEffect, useState } from 'react';
import { differencePicture, differenceSentence, differenceSize } from '@/lib/figures/difference-picture';
import type { FlipTarget } from '@/lib/figures/flip-target';
import { useFeatureSets } from '../features/use-features';
import { imageUrl } from '../score/sample-images';

export type DrawnDifference = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> };

export type Difference = {
  /** The run names a neighbour to compare with. */
  readonly available: boolean;
  readonly picture: DrawnDifference | null;
  /** What it is a difference to, and what white means. */
  readonly sentence: string;
  /** Why it cannot be drawn; null while it is made. */
  readonly problem: string | null;
};

type Made = { readonly key: string; readonly picture: DrawnDifference | null; readonly largest: number | null };

/** The difference of a sample to what it is compared with, made in the browser, only when it is wanted. */
export function useDifference(projectId: string, sampleId: string, target: FlipTarget | null, featureSetId: string | null, wanted: boolean): Difference {
  const [made, setMade] = useState<Made | null>(null);
  const sets = useFeatureSets(projectId);
  const otherId = target?.neighbour.sampleId ?? null;
  const key = `${sampleId} ${otherId}`;
  useEffect(() => {
    if (!wanted || otherId === null) return;
    let current = true;
    makeDifference(imageUrl(projectId, sampleId, 'view'), imageUrl(projectId, otherId, 'view')).then(
      (own) => current && setMade({ key, ...own }),
      () => current && setMade({ key, picture: null, largest: null }),
    );
    return () => {
      current = false;
    };
  }, [wanted, projectId, sampleId, otherId, key]);
  const own = made?.key === key ? made : null;
  const modelName = sets.data?.find(({ id }) => id === featureSetId)?.modelName ?? null;
  return {
    available: target !== null,
    picture: own?.picture ?? null,
    sentence: target === null ? '' : differenceSentence(target, modelName, own?.largest ?? null),
    problem: own !== null && own.picture === null ? 'One of the two images could not be loaded.' : null,
  };
}

async function makeDifference(sampleUrl: string, otherUrl: string) {
  const [sample, other] = await Promise.all([loadImage(sampleUrl), loadImage(otherUrl)]);
  const size = differenceSize({ width: sample.naturalWidth, height: sample.naturalHeight });
  const { rgba, largest } = differencePicture(pixelsOf(sample, size), pixelsOf(other, size));
  return { picture: { ...size, rgba }, largest };
}

async function loadImage(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function pixelsOf(image: HTMLImageElement, { width, height }: { width: number; height: number }): Uint8ClampedArray {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('This browser gives no canvas to draw on.');
  pen.drawImage(image, 0, 0, width, height);
  return pen.getImageData(0, 0, width, height).data;
}
