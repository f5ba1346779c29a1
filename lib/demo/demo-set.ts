import { type AuxiliaryPlan, planAuxiliaries } from './auxiliary-plan';
import { distort, distortionKinds, type DistortionKind } from './distortions';
import { demoProducts } from './products/catalogue';
import { photograph, rounded, type Shot } from './photograph';
import { DEMO_IMAGE_SIDE } from './raster/canvas';
import { mixSeed, seededRandom, type SeededRandom } from './raster/seeded-random';
import type { DemoCounts, DemoProduct, DemoSample } from './types';

/** Written into every sample; one name for all, so that it does not tell the quality. */
const GENERATOR = 'assay-procedural-1';

export const defaultDemoCounts: DemoCounts = { trainNormals: 100, testNormals: 20, anomalies: 12, auxiliaryPerQuality: 20 };

function drawSeverity(random: SeededRandom): number {
  return rounded(random.between(0.45, 1));
}

function sampleOf(shot: Shot, seed: number, rest: Pick<DemoSample, 'path' | 'role' | 'split' | 'defectType' | 'qualityLabel'>): DemoSample {
  const { rgb, mask, parameters } = shot;
  const sample = { ...rest, generator: GENERATOR, parameters, seed, width: DEMO_IMAGE_SIDE, height: DEMO_IMAGE_SIDE, rgb };
  return mask === undefined ? sample : { ...sample, mask };
}

const numbered = (index: number) => `${String(index).padStart(3, '0')}.png`;

function* normals(product: DemoProduct, seed: number, split: 'train' | 'test', count: number): Generator<DemoSample> {
  for (let i = 0; i < count; i++) {
    const own = mixSeed(seed, product.id, split, 'good', i);
    yield sampleOf(photograph(product, own), own, { path: `${split}/good/${numbered(i)}`, role: 'normal', split });
  }
}

/** A defective part of the product; types follow in turn, so that every type is there. */
function defective(product: DemoProduct, own: number, index: number): { shot: Shot; type: string; severity: number } {
  const type = product.defectTypes[index % product.defectTypes.length] as string;
  const severity = drawSeverity(seededRandom(mixSeed(own, 'severity')));
  const shot = photograph(product, own, { type, severity });
  return { type, severity, shot: { ...shot, parameters: { ...shot.parameters, defect: type, severity } } };
}

function* anomalies(product: DemoProduct, seed: number, count: number): Generator<DemoSample> {
  const numbers = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const own = mixSeed(seed, product.id, 'test', 'defect', i);
    const { shot, type } = defective(product, own, i);
    const number = numbers.get(type) ?? 0;
    numbers.set(type, number + 1);
    yield sampleOf(shot, own, { path: `test/${type}/${numbered(number)}`, role: 'anomaly', split: 'test', defectType: type });
  }
}

/** What a failed generator delivers: in turn another product, or a ruined picture of this one. */
function failedShot(product: DemoProduct, own: number, index: number): Shot {
  const random = seededRandom(mixSeed(own, 'failure'));
  const kinds: readonly (DistortionKind | 'other_product')[] = ['other_product', ...distortionKinds];
  const kind = kinds[index % kinds.length] as DistortionKind | 'other_product';
  if (kind === 'other_product') {
    const other = random.pick(demoProducts.filter(({ id }) => id !== product.id));
    const { rgb, parameters } = defective(other, own, random.below(other.defectTypes.length)).shot;
    return { rgb, parameters: { ...parameters, failure: kind } };
  }
  const { shot } = defective(product, own, random.below(product.defectTypes.length));
  const { rgb, amount } = distort(shot.rgb, kind, random);
  return { rgb, parameters: { ...shot.parameters, failure: kind, amount } };
}

function auxiliarySample(product: DemoProduct, own: number, plan: AuxiliaryPlan): DemoSample {
  const place = { path: plan.path, role: 'auxiliary', split: 'auxiliary', qualityLabel: plan.quality } as const;
  if (plan.quality === 'realistic') {
    const { shot, type } = defective(product, own, plan.index);
    return sampleOf(shot, own, { ...place, defectType: type });
  }
  const shot = plan.quality === 'indistinguishable' ? photograph(product, own) : failedShot(product, own, plan.index);
  return sampleOf(shot, own, place);
}

function* auxiliaries(product: DemoProduct, seed: number, perQuality: number): Generator<DemoSample> {
  const own = mixSeed(seed, product.id, 'auxiliary');
  for (const plan of planAuxiliaries(own, perQuality)) {
    yield auxiliarySample(product, mixSeed(own, plan.quality, plan.index), plan);
  }
}

/**
 * The demo data set of one product, one picture at a time: training normals, held-out normals, real anomalies,
 * then the auxiliary set (equal thirds of realistic, indistinguishable and unrealistic pictures) in random order
 * under names that tell nothing. The same product, seed and counts give the same bytes.
 */
export function* generateDemoSet(product: DemoProduct, seed: number, counts: DemoCounts = defaultDemoCounts): Generator<DemoSample> {
  yield* normals(product, seed, 'train', counts.trainNormals);
  yield* normals(product, seed, 'test', counts.testNormals);
  yield* anomalies(product, seed, counts.anomalies);
  yield* auxiliaries(product, seed, counts.auxiliaryPerQuality);
}
