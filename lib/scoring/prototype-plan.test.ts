import { describe, expect, it } from 'vitest';
import { prototypeSettingsSchema } from '@/lib/api/contracts/prototypes';
import { drawRows, planSearch, prototypeCounts } from './prototype-plan';

type Placed = { role: 'normal' | 'anomaly' | 'auxiliary'; split: 'train' | 'test' | null };
const rows = (count: number, role: Placed['role'], split: Placed['split']): Placed[] => Array.from({ length: count }, () => ({ role, split }));
const settings = (given: object = {}) => prototypeSettingsSchema.parse(given);
const samples = [...rows(20, 'normal', 'train'), ...rows(11, 'normal', 'test'), ...rows(4, 'auxiliary', null), ...rows(5, 'normal', null), ...rows(6, 'anomaly', 'test'), ...rows(3, 'anomaly', 'train')];
const isTest = (row: number) => samples[row]!.role === 'normal' && samples[row]!.split === 'test';

describe('rows of a search for prototypes', () => {
  it('are training normals to choose among, and halves of each role to choose and to judge by', () => {
    const { candidates, validation, test } = drawRows(samples, settings());
    expect([...candidates]).toEqual([...samples.keys()].filter((row) => samples[row]!.role === 'normal' && !isTest(row)));
    expect([validation!.filter(isTest).length, test!.filter(isTest).length]).toEqual([6, 5]);
    expect([validation!.length, test!.length]).toEqual([11, 9]);
    expect(new Set([...validation!, ...test!]).size).toBe(20);
    expect([...validation!, ...test!].every((row) => isTest(row) || samples[row]!.role === 'anomaly')).toBe(true);
    expect(drawRows(samples, settings())).toEqual({ candidates, validation, test });
    expect(drawRows(samples, settings({ seed: 1 })).validation).not.toEqual(validation);
  });

  it('do not deal the labelled rows anew when candidates are excluded', () => {
    const fewer = samples.filter((_, row) => row > 2);
    const shifted = (drawn: Int32Array | null) => [...drawn!].map((row) => row + 3);
    const [before, after] = [drawRows(samples, settings()), drawRows(fewer, settings())];
    expect([shifted(after.validation), shifted(after.test)]).toEqual([[...before.validation!], [...before.test!]]);
    expect(after.candidates).toHaveLength(before.candidates.length - 3);
  });

  it('are as many as the plan says, where there are more than asked for', () => {
    const few = settings({ candidates: 7, judged: 5 });
    const drawn = drawRows(samples, few);
    const planned = planSearch(prototypeCounts(samples), 8, few).rows;
    expect([drawn.candidates.length, drawn.validation!.length, drawn.test!.length]).toEqual([7, 6, 5]);
    expect(planned).toMatchObject({ candidates: 7, validation: { normals: 3, anomalies: 3 }, test: { normals: 3, anomalies: 2 } });
  });
});

describe('a plan of a search', () => {
  it('is the core-set alone without labelled rows, and says what lacks', () => {
    const { plan, rows: found } = planSearch({ trainingNormals: 30, heldOutNormals: 0, anomalies: 1 }, 8, settings());
    expect(plan).toMatchObject({ methods: ['core-set'], randomDraws: 0, longTail: false });
    expect(found.missing).toBe('To choose by labels and to judge what was chosen, at least 2 test normals (there are none) and 2 real anomalies (there is 1) are needed.');
  });

  it('is refused where rows are missing that it needs', () => {
    const plan = (counts: object, given: object = {}) => () => planSearch({ trainingNormals: 30, heldOutNormals: 9, anomalies: 9, ...counts }, 8, settings(given));
    expect(plan({ trainingNormals: 1 })).toThrow('There is 1 training normal in this feature set');
    expect(plan({ heldOutNormals: 1 }, { methods: ['core-set', 'greedy'] })).toThrow('at least 2 test normals (there is 1)');
    expect(plan({}, { sizes: [40, 50] })).toThrow('There are 30 normals, too few to choose 40 of.');
    expect(plan({})()).toMatchObject({ plan: { sizes: [1, 5, 10, 25], population: 1000 } });
  });
});
