import { describe, expect, it } from 'vitest';
import { exportFormatSchema } from '@/lib/api/contracts/exports';
import { formatTitle, formatWords, possibleFormat, whyNot } from './formats';

const offered = (project: Parameters<typeof whyNot>[1]) => formatWords.filter((words) => whyNot(words, project) === null).map(({ format }) => format);

describe('the formats', () => {
  it('are all offered, each once', () => {
    expect(formatWords.map(({ format }) => format).toSorted()).toEqual([...exportFormatSchema.options].sort());
    expect(formatTitle('jsonl')).toBe('JSON lines');
  });

  it('are those that the project can be written in', () => {
    expect(offered(undefined)).toHaveLength(8);
    expect(offered({ isPrivate: false, kind: 'image' })).toHaveLength(8);
    expect(offered({ isPrivate: true, kind: 'image' })).toEqual(['folder', 'csv', 'parquet', 'jsonl', 'list']);
    expect(offered({ isPrivate: true, kind: 'vector' })).toEqual(['folder', 'report', 'csv', 'parquet', 'jsonl', 'list']);
    expect([possibleFormat('report', { isPrivate: true, kind: 'image' }), possibleFormat('report', { isPrivate: false, kind: 'image' })]).toEqual(['folder', 'report']);
  });
});
