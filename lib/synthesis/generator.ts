import type { RandomGenerator } from '@/lib/anomaly/random/generator';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import type { Canvas } from './image';

type Common = {
  /** Name in JSON. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
};
export type NumberParameter = Common & {
  readonly kind: 'number';
  readonly minimum: number;
  readonly maximum: number;
  /** A sensible step of a slider; 1 together with `whole` for whole numbers. */
  readonly step: number;
  readonly whole?: boolean;
  readonly default: number;
  readonly unit?: string;
  /** Name of the parameter that must not be smaller, where the two are a range. */
  readonly atMost?: string;
};
export type ChoiceParameter = Common & {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly default: string;
};
/** What a person may set, with its range and default; a form can be drawn of it. */
export type GeneratorParameter = NumberParameter | ChoiceParameter;

/** Checked values by name. */
export type ParameterValues = Readonly<Record<string, number | string>>;

/** What was drawn for one image: numbers and words, by name. */
export type Drawn = Readonly<Record<string, number | string>>;

/** The images that one anomaly is made of. */
export type Material = {
  /** The normal image that is changed. */
  readonly image: RgbImage;
  /** Another normal image, of any size; absent when there is only one seed image. */
  readonly other: RgbImage | undefined;
};

/** A way to turn a normal image into a synthetic anomaly. */
export type Generator<P extends ParameterValues = ParameterValues> = {
  readonly id: string;
  readonly name: string;
  /** What it does, in a sentence or two. */
  readonly description: string;
  /** Paper that it comes from. */
  readonly source: string;
  readonly parameters: readonly GeneratorParameter[];
  /** `required`: cannot do without a second image; `used`: takes one where there is one. */
  readonly otherImage: 'required' | 'used' | 'unused';
  /** Pseudo-quality that its images have where they are made for an evaluation set; null when nobody can know it. */
  readonly usualQuality: 'unrealistic' | 'indistinguishable' | null;
  /** Draws before an unchanged image counts as a failure; 0 of a generator that need not change anything. */
  readonly attempts: number;
  /** One draw. It may leave the image as it is (a patch pasted on its like); `synthesise` draws again then. */
  generate(material: Material, parameters: P, random: RandomGenerator): Draw;
};

export type Draw = {
  readonly image: Canvas;
  readonly drawn: Drawn;
  /** Whether pixels of the second image went into it. */
  readonly usesOther: boolean;
};

/** A synthetic anomaly. */
export type Synthesised = {
  readonly image: RgbImage;
  /** 255 where a pixel differs from the normal image, 0 elsewhere; width x height. */
  readonly mask: Uint8Array;
  /** Every parameter that was drawn, and `attempt`, the number of the draw that changed something. */
  readonly drawn: Drawn;
  readonly usesOther: boolean;
};
