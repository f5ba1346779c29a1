import { describe, expect, it } from 'vitest';
import { matrixFromRows } from '../linalg/matrix';
import { goldenInput } from '../golden/golden-data';
import { createRandom } from '../random/generator';
import { eapPresets } from '../eap/parameters';
import { evaluateTogether, type EvaluationRequest } from './evaluate-together';
import { evaluateWith } from './registry';

function clouds(seed: number) {
  const random = createRandom(seed);
  const rows = (count: number, shift: number) => Array.from({ length: count }, () => Array.from({ length: 4 }, () => random.normal() + shift));
  return {
    train: matrixFromRows([...rows(90, 0), ...rows(6, 2)]),
    labels: Uint8Array.from({ length: 96 }, (_, i) => (i < 90 ? 0 : 1)),
    auxiliary: matrixFromRows([...rows(10, 2), ...rows(10, 0), ...rows(10, 30)]),
  };
}

const { subsets: _subsets, ...released } = eapPresets.released;

const requests: readonly EvaluationRequest[] = [
  { id: 'EAP' },
  { id: 'CAP', parameters: { subsets: 2 } },
  { id: 'P_X' },
  { id: 'P_YX' },
  { id: 'P_YX_NPX' },
  { id: 'EAP', parameters: { alpha0: 0.3 } },
  { id: 'EAP', parameters: { posteriorRows: 'normals', alpha0: 0 } },
  { id: 'EAP', parameters: { subsets: 3 } },
  { id: 'P_X', parameters: { seed: 4 } },
  { id: 'P_YX', parameters: { asReleased: true, seed: 4 } },
  { id: 'P_X', parameters: { asReleased: true, seed: 4 } },
  { id: 'EAP', parameters: { ...released, subsets: 0, seed: 4 } },
  { id: 'RARITY' },
  { id: 'P_YX', parameters: { trees: 20 } },
];

async function together(input: Parameters<typeof evaluateTogether>[1], asked = requests) {
  const results = [];
  for await (const result of evaluateTogether(asked, input)) results.push(result);
  return results;
}

describe('evaluators run together', () => {
  it.each([['with a forest', clouds(3)], ['with a given prior', goldenInput('gauss8')]] as const)('%s give what each gives alone, bit for bit', async (_name, input) => {
    const results = await together(input);
    expect(results.map(({ index, id }) => [index, id])).toEqual(requests.map(({ id }, index) => [index, id]));
    for (const { index, id, values, columns, facts } of results) {
      expect({ values, columns, facts }).toEqual(await evaluateWith(id, input, requests[index]!.parameters ?? {}));
    }
  });

  it('compute one pass for those that share it', async () => {
    const steps: string[] = [];
    const run = evaluateTogether(requests.slice(0, 7).filter(({ id }) => id !== 'CAP'), clouds(3), { onProgress: (_done, _total, step) => steps.push(step) });
    let count = 0;
    for await (const { sharedSeconds, seconds } of run) {
      expect(sharedSeconds).toBeGreaterThan(0);
      expect(seconds).toBeGreaterThanOrEqual(sharedSeconds);
      count += 1;
    }
    expect(count).toBe(6);
    expect(steps).toEqual(['detector', 'neighbours', 'spheres', 'auxiliary']);
  });

  it('do not share arrays', async () => {
    const [first, second] = await together(clouds(3), [{ id: 'P_X' }, { id: 'P_X' }]);
    first!.values.fill(7);
    expect(second!.values).toEqual((await evaluateWith('P_X', clouds(3), {})).values);
  });

  it('with fixed subsets use them for EAP alone', async () => {
    const input = { ...clouds(3), subsetMasks: [Uint8Array.from({ length: 96 }, (_, i) => (i % 3 === 0 ? 0 : 1))] };
    for (const { id, values } of await together(input, [{ id: 'P_X' }, { id: 'EAP' }, { id: 'P_YX' }])) {
      expect(values).toEqual((await evaluateWith(id, input, {})).values);
    }
  });

  it.each([[{ id: 'P_X', parameters: { kay: 3 } }], [{ id: 'EAP', parameters: { alpha0: 2 } }]] as const)('refuse %o before anything is computed', async (request) => {
    await expect(together(clouds(3), [{ id: 'EAP' }, request])).rejects.toMatchObject({ code: 'parameter.invalid' });
  });
});
