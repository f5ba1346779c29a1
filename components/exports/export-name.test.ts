import { describe, expect, it } from 'vitest';
import { exportNames } from './export-name';

describe('the names of exports', () => {
  it('differ, also for two of one format in one minute', () => {
    const names = exportNames([
      { id: 'c', format: 'folder', createdAt: '2026-11-22T14:05:40.000Z' },
      { id: 'b', format: 'csv', createdAt: '2026-11-22T14:05:30.000Z' },
      { id: 'a', format: 'folder', createdAt: '2026-11-22T14:05:02.000Z' },
    ]);
    expect(new Set(names.values()).size).toBe(3);
    expect(names.get('a')).toMatch(/^Folder · 22 Nov 2026/);
    expect(names.get('b')).toMatch(/^CSV · 22 Nov 2026/);
    expect(names.get('c')).toBe(`${names.get('a')} (2)`);
  });
});
