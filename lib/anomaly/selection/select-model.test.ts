import { expect, it } from 'vitest';
import { matrixFromRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { selectModel } from './select-model';

const { normal } = createRandom(31);

/** Features of which the first `telling` of 4 columns tell anomalies apart. */
function features(telling: number) {
  const cloud = (rows: number, shift: number): Matrix => matrixFromRows(Array.from({ length: rows }, () => [0, 1, 2, 3].map((c) => normal() + (c < telling ? shift : 0))));
  return { support: cloud(40, 0), heldOut: Array.from({ length: 20 }, (_, i) => 2 * i), synthetic: cloud(30, 1.5), real: { anomalies: cloud(30, 1.5), normals: cloud(30, 0) } };
}

const extractors = [
  { name: 'blind', parameters: 900, features: features(0) },
  { name: 'seeing', parameters: 10, features: features(4) },
];

it('selects the extractor that tells anomalies apart, with every detector as a candidate', async () => {
  const seen: number[] = [];
  const input = { extractors, detectors: [{ id: 'deep-nn' }, { id: 'mahalanobis' }], defectTypes: null } as const;
  const { candidates, scores, selection } = await selectModel(input, { seed: 1, draws: 50 }, { onProgress: (done) => seen.push(done) });
  expect(candidates).toEqual([
    { extractor: 'blind', detector: 'deep-nn' },
    { extractor: 'seeing', detector: 'deep-nn' },
    { extractor: 'blind', detector: 'mahalanobis' },
    { extractor: 'seeing', detector: 'mahalanobis' },
  ]);
  expect(scores).toHaveLength(4);
  expect(candidates[selection.pick.index]!.extractor).toBe('seeing');
  expect(selection.tasks[0]!.baselines).toMatchObject([{ name: 'Largest model', candidate: 0, hit: false }]);
  expect(seen).toEqual([1, 2, 3, 4]);
});

it('has no largest model where a size is unknown, and needs a candidate', async () => {
  const unknown = [{ ...extractors[0]!, parameters: null }, extractors[1]!];
  const { selection } = await selectModel({ extractors: unknown, detectors: [{ id: 'deep-nn' }], defectTypes: null }, { seed: 1, draws: 5 });
  expect(selection.tasks.every(({ baselines }) => baselines.length === 0)).toBe(true);
  await expect(selectModel({ extractors, detectors: [], defectTypes: null }, { seed: 1 })).rejects.toMatchObject({ code: 'data.too_few_rows' });
});
