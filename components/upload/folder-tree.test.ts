import { describe, expect, it } from 'vitest';
import { folderLines, type UploadFolder } from './folder-tree';

const role = { role: 'normal', split: null, defectType: null, qualityLabel: null } as const;
const folder = (path: string, count: number): UploadFolder => ({ folder: path, count, role, proposed: role, labels: null });

describe('folderLines', () => {
  it('arranges the MVTec layout as a tree and adds up the counts', () => {
    const lines = folderLines([folder('bottle/train/good', 20), folder('bottle/test/good', 5), folder('bottle/test/crack', 3)]);
    expect(lines.map(({ name, depth, count }) => [name, depth, count])).toEqual([
      ['bottle', 0, 28],
      ['train/good', 1, 20],
      ['test', 1, 8],
      ['good', 2, 5],
      ['crack', 2, 3],
    ]);
    expect(lines[2]?.below).toEqual(['bottle/test/good', 'bottle/test/crack']);
    expect(lines[2]?.own).toBeNull();
  });

  it('keeps files without a folder on a line of their own', () => {
    const lines = folderLines([folder('', 4), folder('good', 2)]);
    expect(lines.map(({ path, name, count, below }) => ({ path, name, count, below }))).toEqual([
      { path: '', name: '(no folder)', count: 4, below: [''] },
      { path: 'good', name: 'good', count: 2, below: ['good'] },
    ]);
  });

  it('does not fold a folder away that holds files itself', () => {
    expect(folderLines([folder('a', 1), folder('a/b', 1)]).map(({ name, count }) => [name, count])).toEqual([['a', 2], ['b', 1]]);
  });
});
