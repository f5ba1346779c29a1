import { distort, distortionKinds } from '../distortions';
import { defocus, develop, drawExposure, drawLight, drawPose, type Exposure, type Pose } from '../raster/camera';
import { mixSeed, seededRandom, type SeededRandom } from '../raster/seeded-random';
import type { ProceduralProduct } from '../types';

/** Ways of taking a photograph that captions have words for. */
export const photoKinds = ['blurry', 'dark', 'bright', 'cropped', 'close-up', 'small', 'large'] as const;
export type PhotoKind = (typeof photoKinds)[number];

/** Ways in which a sound part can be seen that are out of the ordinary. */
const oddities = ['turned', 'tinted'] as const;

/** What is to be photographed, and how. */
export type TakePlan = {
  readonly product: ProceduralProduct;
  /** A defect type of the product; undefined for a sound part. */
  readonly defect: string | undefined;
  readonly photo: PhotoKind | undefined;
  /** `odd`: lies or is lit as no part should. `ruined`: a failed picture in which the product cannot be made out. */
  readonly oddity: 'odd' | 'ruined' | undefined;
  readonly seed: number;
};

/** A photograph with what is true of it. `defect` is undefined where the defect fell outside the picture. */
type Take = TakePlan & { readonly rgb: Uint8Array };

/** A defect must cover so many pixels for a caption to speak of it. */
const VISIBLE = 60;

type Setup = { pose: Pose; exposure: Exposure; blurPasses: number };

function staged(setup: Setup, photo: PhotoKind | undefined, random: SeededRandom): Setup {
  const { pose, exposure } = setup;
  const scaled = (low: number, high: number) => ({ ...setup, pose: { ...pose, scale: pose.scale * random.between(low, high) } });
  const lit = (low: number, high: number) => ({ ...setup, exposure: { ...exposure, gain: exposure.gain * random.between(low, high) } });
  switch (photo) {
    case 'blurry': return { ...setup, blurPasses: 3 + random.below(6) };
    case 'dark': return lit(0.25, 0.5);
    case 'bright': return lit(1.7, 2.4);
    case 'cropped': return { ...setup, pose: { ...pose, dx: pose.dx + random.sign() * random.between(0.3, 0.5), dy: pose.dy + random.sign() * random.between(0.3, 0.5) } };
    case 'close-up': return scaled(1.6, 2);
    case 'small': return scaled(0.6, 0.75);
    case 'large': return scaled(1.2, 1.35);
    case undefined: return setup;
  }
}

function oddly(setup: Setup, random: SeededRandom): Setup {
  const { pose, exposure } = setup;
  if (random.pick(oddities) === 'turned') return { ...setup, pose: { ...pose, angle: pose.angle + random.sign() * random.between(0.25, 0.75) } };
  const warm = random.sign() * random.between(0.2, 0.35);
  return { ...setup, exposure: { ...exposure, red: exposure.red * (1 + warm), blue: exposure.blue * (1 - warm) } };
}

/** Takes the photograph. The same plan gives the same bytes. */
export function take(plan: TakePlan): Take {
  const { product, seed } = plan;
  const camera = seededRandom(mixSeed(seed, 'camera'));
  const stage = seededRandom(mixSeed(seed, 'stage'));
  let setup: Setup = { pose: drawPose(camera), exposure: drawExposure(camera), blurPasses: 0 };
  const light = drawLight(camera);
  setup = staged(setup, plan.photo, stage);
  if (plan.oddity === 'odd') setup = oddly(setup, stage);
  const request = plan.defect === undefined ? undefined : { type: plan.defect, severity: stage.between(0.45, 1), random: seededRandom(mixSeed(seed, 'defect')) };
  const { canvas, coverage } = product.render({ pose: setup.pose, light, random: seededRandom(mixSeed(seed, 'texture')) }, request);
  defocus(canvas, setup.blurPasses);
  const rgb = develop(canvas, setup.exposure);
  if (plan.oddity === 'ruined') return { ...plan, rgb: distort(rgb, stage.pick(distortionKinds), stage).rgb };
  const seen = coverage === undefined ? 0 : coverage.values.reduce((count, value) => count + (value > 0.3 ? 1 : 0), 0);
  return { ...plan, defect: seen >= VISIBLE ? plan.defect : undefined, rgb };
}
