import type { Canvas, Coverage } from './raster/canvas';
import type { Light, Pose } from './raster/camera';
import type { SeededRandom } from './raster/seeded-random';

export type DemoProductId = 'metal-plate' | 'woven-fabric' | 'glazed-tile';
export type QualityLabel = 'realistic' | 'indistinguishable' | 'unrealistic';

/** How a single part lies and is lit, with the stream that its own texture is drawn from. */
export type Scene = { readonly pose: Pose; readonly light: Light; readonly random: SeededRandom };

/** A defect to be rendered: its type, how pronounced it is (0..1) and the stream of its own shape. */
export type DefectRequest = { readonly type: string; readonly severity: number; readonly random: SeededRandom };

/** A rendered part in linear light; `coverage` tells where the defect lies, absent for a sound part. */
export type RenderedPart = { readonly canvas: Canvas; readonly coverage?: Coverage };

/** A product that is drawn, not photographed. */
export type ProceduralProduct = {
  readonly id: string;
  /** The object's name for prompts, e.g. "metal plate". */
  readonly objectName: string;
  readonly defectTypes: readonly string[];
  /** Renders one part. Throws AssayError `parameter.invalid` for a defect type that the product does not have. */
  render(scene: Scene, defect: DefectRequest | undefined): RenderedPart;
};

/** One procedural product of the demo. */
export type DemoProduct = ProceduralProduct & {
  readonly id: DemoProductId;
  /** Name of the project, e.g. "Brushed metal plate". */
  readonly title: string;
};

/** One picture of the demo data set, pixels in RGB, interleaved, row by row. */
export type DemoSample = {
  /** Relative path in the MVTec layout; auxiliary samples lie in auxiliary/<quality>/ under names that tell nothing. */
  readonly path: string;
  readonly role: 'normal' | 'anomaly' | 'auxiliary';
  readonly split: 'train' | 'test' | 'auxiliary';
  readonly defectType?: string;
  /** Pseudo-quality; auxiliary samples only. */
  readonly qualityLabel?: QualityLabel;
  readonly generator: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** 255 where the defect is, 0 elsewhere, width x height; real and realistic defects only. */
  readonly mask?: Uint8Array;
};

/** How many samples of each kind. */
export type DemoCounts = {
  readonly trainNormals: number;
  readonly testNormals: number;
  readonly anomalies: number;
  /** In each third of the auxiliary set. */
  readonly auxiliaryPerQuality: number;
};
