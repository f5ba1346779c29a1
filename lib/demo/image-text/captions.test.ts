import { describe, expect, it, vi } from 'vitest';
import { fitProducts } from '../products/fit-catalogue';
import { captionsOf } from './captions';
import { fitCounts, planTakes } from './plan';
import { photoKinds, take, type TakePlan } from './takes';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const plans = fitProducts.flatMap((product) => planTakes(product, 1, fitCounts));
const captions = (plan: TakePlan) => captionsOf(plan, 8);

describe('captions', () => {
  it('are the same at every call', () => {
    for (const plan of plans.slice(0, 40)) expect(captions(plan)).toEqual(captions(plan));
  });

  it('say of a part what is true of it', () => {
    const sound = /\b(flawed|blemished|imperfect|damaged|broken|ruptured|defective|faulty|contaminated|dirty|stained|with)\b/;
    const faultless = /\b(flawless|perfect|unblemished|intact|undamaged|without|good|normal|ordinary)\b/;
    const isTrue = (text: string, { product, defect, photo, oddity }: TakePlan): boolean => {
      const named = oddity === 'ruined' ? /\b(some|something|nothing)\b/.test(text) : text.includes(product.objectName);
      const said = photoKinds.filter((kind) => text.includes(`${kind} `));
      return named && !(defect === undefined ? sound : faultless).test(text) && said.every((kind) => kind === photo);
    };
    expect(plans.flatMap((plan) => captions(plan).filter((text) => !isTrue(text, plan)))).toEqual([]);
  });

  it('use the article that English wants', () => {
    expect(plans.flatMap(captions).filter((text) => /\ba [aeiou]|\ban [^aeiou]/.test(text))).toEqual([]);
  });
});

describe('takes', () => {
  const [product] = fitProducts;
  const brightness = (photo: TakePlan['photo']) => {
    const { rgb } = take({ product: product!, defect: undefined, photo, oddity: undefined, seed: 3 });
    return rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
  };

  it('look as their photo word says', () => {
    const plain = brightness(undefined);
    expect(brightness('dark')).toBeLessThan(0.8 * plain);
    expect(brightness('bright')).toBeGreaterThan(1.2 * plain);
    const edges = (photo: TakePlan['photo']) => {
      const { rgb } = take({ product: product!, defect: undefined, photo, oddity: undefined, seed: 3 });
      return rgb.reduce((count, value, i) => count + (i >= 3 && Math.abs(value - rgb[i - 3]!) > 40 ? 1 : 0), 0);
    };
    expect(edges('blurry')).toBeLessThan(0.5 * edges(undefined));
  });

  it('show a defect of every product, the same at every call', () => {
    fitProducts.forEach((one, i) => {
      const defect = one.defectTypes[i % one.defectTypes.length];
      expect(take({ product: one, defect, photo: undefined, oddity: undefined, seed: 5 }).defect, `${defect} of the ${one.objectName}`).toBe(defect);
    });
    const plan: TakePlan = { product: product!, defect: 'dent', photo: 'small', oddity: undefined, seed: 5 };
    expect(Buffer.from(take(plan).rgb).equals(Buffer.from(take(plan).rgb))).toBe(true);
    expect(() => take({ ...plan, defect: 'moth' })).toThrow(/no defect named "moth"/);
  });
});
