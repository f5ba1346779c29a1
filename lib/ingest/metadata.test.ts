import { describe, expect, it } from 'vitest';
import { metadataKeys, readMetadata } from './metadata';

const read = (text: string, name = 'metadata.csv') => readMetadata(Buffer.from(text), name);

describe('CSV', () => {
  it('reads every column, whatever the delimiter, with a byte order mark and quoted JSON', () => {
    const { rows, problems } = read('\ufeffPath;role;quality_label;defect type;generator;prompt;parameters;severity;other\na/1.png;auxiliary;Realistic;crack;sd;"a ""deep"" crack; wide";"{""seed"": 3}";0.5;x\r\n');
    expect(problems).toEqual([]);
    expect(rows.get('a/1.png')).toEqual({ role: 'auxiliary', qualityLabel: 'realistic', defectType: 'crack', generator: 'sd', prompt: 'a "deep" crack; wide', parameters: { seed: 3 }, severity: 0.5 });
  });

  it('tells bad lines by number and keeps the rest', () => {
    const { rows, problems } = read('path,role,severity,parameters\n1.png,normal,,\n2.png,normal\n3.png,clown,,\n4.png,,deep,\n5.png,,,[1]\n../6.png,normal,,\n,normal,,\n8.png,synthetic,2,\n');
    expect([...rows.keys()]).toEqual(['1.png', '8.png']);
    expect(rows.get('8.png')).toEqual({ role: 'auxiliary', severity: 2 });
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(problems[0]!.message).toBe('has 2 values where the header has 4 columns');
    expect(problems[1]!.message).toBe('role "clown" is none of normal, anomaly, auxiliary');
    expect(problems[4]!.message).toContain('..');
    expect(problems[5]!.message).toBe('has no path');
  });

  it('survives broken quotes', () => {
    const { rows, problems } = read('path,role\n1.png,normal\n"2"x.png,normal\n"3.png,anomaly\n4.png,anomaly\n');
    expect([...rows.keys()]).toEqual(['1.png', '"2"x.png', '4.png']);
    expect(problems).toEqual([{ line: 4, message: 'has a quote that is never closed' }]);
  });

  it('refuses a file without a path column, or without a usable line', () => {
    expect(() => read('a,b\n1,2\n')).toThrowError(expect.objectContaining({ code: 'metadata.invalid' }));
    expect(() => read('path,role\n1.png,clown\n')).toThrowError(/line 2: role "clown"/);
    expect(() => read('')).toThrowError(expect.objectContaining({ code: 'metadata.invalid' }));
    expect(() => read('\0\u0001binary')).toThrowError(expect.objectContaining({ code: 'metadata.invalid' }));
  });
});

describe('JSONL', () => {
  it('reads objects line by line', () => {
    const { rows, problems } = read('{"file":"1.png","role":"anomaly","parameters":{"a":[1]},"severity":3}\n\nnot json\n[1]\n{"file":"2.png","qualityLabel":"unrealistic"}', 'm.jsonl');
    expect(rows.get('1.png')).toEqual({ role: 'anomaly', parameters: { a: [1] }, severity: 3 });
    expect(rows.get('2.png')).toEqual({ qualityLabel: 'unrealistic' });
    expect(problems).toEqual([{ line: 3, message: 'is not valid JSON' }, { line: 4, message: 'is not a JSON object' }]);
  });
});

describe('metadataKeys', () => {
  it('lists the tails of a path, the longest first', () => {
    expect(metadataKeys('a/b/c.png')).toEqual(['a/b/c.png', 'b/c.png', 'c.png']);
  });
});
