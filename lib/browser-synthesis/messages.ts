import type { Drawn, ParameterValues } from '@/lib/synthesis/generator';

/** A normal image: of a private project it lies in this browser, of others at an address. */
export type SeedImage = { readonly projectId: string; readonly sampleId: string; /** Null where the image lies in this browser. */ readonly url: string | null };

/** One image of a batch, and what it is made of (lib/synthesis/plan.ts). */
export type PlannedAnomaly = {
  readonly settings: { readonly generator: string; readonly parameters: ParameterValues; readonly seed: number };
  readonly index: number;
  readonly parent: SeedImage;
  readonly other: SeedImage | null;
};

/** `preview`: to look at, no side longer than `side` pixels. `make`: the files that are kept. */
export type SynthesisRequest = ({ readonly kind: 'preview'; readonly side: number } | { readonly kind: 'make' }) & PlannedAnomaly;

export type PreviewPicture = {
  readonly kind: 'preview';
  readonly picture: ImageBitmap;
  /** A line round what was changed, of the same size; null where nothing was. */
  readonly outline: ImageBitmap | null;
  /** Of the image itself. */
  readonly width: number;
  readonly height: number;
  /** Share of its pixels that differ from the normal image. */
  readonly changed: number;
  readonly drawn: Drawn;
  /** Whether pixels of the other image went into it. */
  readonly usesOther: boolean;
};

export type MadeAnomaly = {
  readonly kind: 'made';
  readonly png: Blob;
  readonly sha256: string;
  /** Null where nothing was changed. */
  readonly mask: { readonly mask: Blob; readonly sha256: string } | null;
  readonly thumbnail: Blob;
  readonly width: number;
  readonly height: number;
  readonly drawn: Drawn;
  readonly usesOther: boolean;
};

export type SynthesisResult = PreviewPicture | MadeAnomaly;
