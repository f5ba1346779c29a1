import { describe, expect, it } from 'vitest';
import { fileStem, toCsv } from './csv';

describe('toCsv', () => {
  it('quotes what holds a comma, a quote or a line break, and ends lines with CRLF', () => {
    expect(toCsv(['set', 'value'], [['a, b', 1], ['say "no"', 2], ['two\nlines', 3]])).toBe('set,value\r\n"a, b",1\r\n"say ""no""",2\r\n"two\nlines",3\r\n');
  });

  it('leaves missing numbers empty and keeps all digits of the others', () => {
    expect(toCsv(['x'], [[null], [Number.NaN], [0.1 + 0.2], [-1e-7]])).toBe('x\r\n\r\n\r\n0.30000000000000004\r\n-1e-7\r\n');
  });

  it('disarms texts that a spreadsheet would run', () => {
    expect(toCsv(['name'], [['=1+1'], ['@me'], ['-3 "x"']])).toBe(`name\r\n'=1+1\r\n'@me\r\n"'-3 ""x"""\r\n`);
  });
});

describe('fileStem', () => {
  it('keeps letters, digits, dots and dashes', () => {
    expect(fileStem('Ränge / alle: 1.2')).toBe('Ra-nge-alle-1.2');
    expect(fileStem('../..')).toBe('figure');
  });
});
