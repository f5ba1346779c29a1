import { describe, expect, it } from 'vitest';
import { cleanClassName } from './class-name';
import { csvRecords } from './csv-records';
import { parsePromptPool } from './parse-pool';
import { checkPromptPairs, fillPromptPair } from './prompt-pair';
import { promptPool, promptPools } from './prompt-pools';

const refused = (code: string, words: string) => expect.objectContaining({ code, message: expect.stringContaining(words) });

describe("the papers' pools", () => {
  it('have as many pairs as the papers, all usable', () => {
    expect(promptPools.map(({ id, pairs }) => [id, pairs.length])).toEqual([['eap-27', 27], ['swsa-mvtec-visa', 10], ['swsa-cub', 10], ['swsa-flowers', 10]]);
    for (const { pairs } of promptPools) expect(() => checkPromptPairs(pairs)).not.toThrow();
    expect(promptPool('none')).toBeUndefined();
  });

  it('keep the wording to the letter, oddities included', () => {
    const has = (id: string, normal: string, anomalous: string) => expect(promptPool(id)!.pairs).toContainEqual({ normal, anomalous });
    has('swsa-mvtec-visa', 'a blurry photo of a {}', 'a blurry photo of {} with defect');
    has('swsa-cub', 'a photo of a small {} bird', 'a photo of a small some bird');
    has('swsa-flowers', 'a photo of a large {} flower', 'a photo of a large some flower');
    has('eap-27', 'unblemished {}', '{} with damage');
    has('eap-27', 'perfect {}', '{} with defect');
    has('eap-27', 'a close-up photo of a {}', 'a close-up photo of something');
    has('eap-27', 'a photo of a normal {} for anomaly detection', 'a photo of an anomalous {} for anomaly detection');
    const something = promptPool('eap-27')!.pairs.filter(({ anomalous }) => anomalous.includes('something'));
    expect(something).toHaveLength(9);
    expect(something.every(({ anomalous }) => !anomalous.includes('{}'))).toBe(true);
  });

  it('begin with the default prompt', () => {
    expect(promptPools.map(({ pairs }) => fillPromptPair(pairs[0]!, 'screw'))).toEqual([
      { normal: 'screw', anomalous: 'damaged screw' },
      { normal: 'a photo of a screw', anomalous: 'a photo of a screw with defect' },
      { normal: 'a photo of a screw bird', anomalous: 'a photo of some bird' },
      { normal: 'a photo of a screw flower', anomalous: 'a photo of some flower' },
    ]);
    expect(fillPromptPair({ normal: '{} and {}', anomalous: 'x' }, '$&')).toEqual({ normal: '$& and $&', anomalous: 'x' });
  });
});

describe("pools of one's own", () => {
  const pairs = [{ normal: 'a {}, clean', anomalous: 'a "dirty" {}' }, { normal: 'fine', anomalous: 'broken' }];

  it('are read from CSV with and without a header, in either order, and from JSON', () => {
    const body = '"a {}, clean","a ""dirty"" {}"\r\n\r\nfine , broken\n';
    expect(parsePromptPool(body, 'csv')).toEqual(pairs);
    expect(parsePromptPool(`\uFEFFNormal,Anomalous\n${body}`, 'csv')).toEqual(pairs);
    expect(parsePromptPool('anomalous,id,normal\nbroken,7,fine', 'csv')).toEqual([pairs[1]]);
    expect(parsePromptPool(JSON.stringify(pairs), 'json')).toEqual(pairs);
    expect(parsePromptPool(JSON.stringify({ name: 'mine', pairs: pairs.map(({ normal, anomalous }) => [normal, anomalous]) }), 'json')).toEqual(pairs);
  });

  it('may lack {}, but hold no other placeholder', () => {
    for (const text of ['a {name}', 'a {0}', 'a {{}}', 'a {', 'a }']) {
      expect(() => parsePromptPool(JSON.stringify([[text, 'x']]), 'json')).toThrow(refused('parameter.invalid', 'Pair 1 has the unknown placeholder'));
    }
  });

  it('are refused with the pair that is wrong', () => {
    expect(() => parsePromptPool('', 'csv')).toThrow(refused('data.too_few_rows', 'no prompt pair'));
    expect(() => parsePromptPool('a,b\nc', 'csv')).toThrow(refused('data.ragged', 'Pair 2 has 1 fields'));
    expect(() => parsePromptPool('a,b\n"c,d', 'csv')).toThrow(refused('data.ragged', 'Line 2'));
    expect(() => parsePromptPool('a,b\na,b', 'csv')).toThrow(refused('parameter.invalid', 'Pair 2 is the same as pair 1'));
    expect(() => parsePromptPool('a,a', 'csv')).toThrow(refused('parameter.invalid', 'the same text twice'));
    expect(() => parsePromptPool('a,', 'csv')).toThrow(refused('parameter.invalid', 'empty text'));
    expect(() => parsePromptPool(`a,${'b'.repeat(301)}`, 'csv')).toThrow(refused('parameter.invalid', '301 characters'));
    expect(() => parsePromptPool('nonsense', 'json')).toThrow(refused('parameter.invalid', 'not JSON'));
    expect(() => parsePromptPool('{}', 'json')).toThrow(refused('parameter.invalid', 'no list'));
    expect(() => parsePromptPool('[["a","b","c"]]', 'json')).toThrow(refused('parameter.invalid', 'Pair 1 is neither'));
    expect(() => parsePromptPool(JSON.stringify(Array.from({ length: 1001 }, (_, i) => [`a${i}`, 'b'])), 'json')).toThrow(refused('parameter.invalid', 'at most 1000'));
  });

  it('have fields that end where they should', () => {
    expect(csvRecords('a,,"b\nc"\n,x')).toEqual([['a', '', 'b\nc'], ['', 'x']]);
    expect(csvRecords('a,')).toEqual([['a', '']]);
    expect(() => csvRecords('a"b,c')).toThrow(refused('data.ragged', 'Line 1'));
  });
});

it.each([
  ['PCB1', 'printed circuit board'],
  ['pcb_4', 'printed circuit board'],
  ['macaroni2', 'macaroni'],
  ['pipe_fryum', 'pipe fryum'],
  ['metal_nut', 'metal nut'],
  ['LED driver 12', 'light emitting diode driver'],
  ['cashew', 'cashew'],
  ['3D print', '3D print'],
  ['42', '42'],
])('the class name %s is said as "%s"', (name, said) => {
  expect(cleanClassName(name)).toBe(said);
});

it("takes further acronyms", () => {
  expect(cleanClassName('BGA7', { bga: 'ball grid array' })).toBe('ball grid array');
});
