import { describe, expect, it } from 'vitest';
import { isMaskPath, isMetadataFile, proposeFolderRole, proposeLayout, samplePathsOfMask } from './layout';
import { isSystemFile, safePath, splitPath, stemOf } from './safe-path';

const role = (folder: string) => {
  const { role: name, split, defectType, qualityLabel } = proposeFolderRole(folder);
  return [name, split, defectType, qualityLabel];
};

describe('proposeFolderRole', () => {
  it.each([
    ['train/good', ['normal', 'train', null, null]],
    ['bottle/train/good', ['normal', 'train', null, null]],
    ['a/b/Bottle/TEST/Good', ['normal', 'test', null, null]],
    ['bottle/test/broken_large', ['anomaly', 'test', 'broken_large', null]],
    ['bottle/train/scratch', ['anomaly', 'train', 'scratch', null]],
    ['bottle/test/defect/crack', ['anomaly', 'test', 'crack', null]],
    ['validation/good', ['normal', 'test', null, null]],
    ['train', ['normal', 'train', null, null]],
    ['test', ['auxiliary', null, null, null]],
    ['auxiliary', ['auxiliary', null, null, null]],
    ['plate/auxiliary/unrealistic', ['auxiliary', null, null, 'unrealistic']],
    ['plate/auxiliary/Realistic/crack', ['auxiliary', null, 'crack', 'realistic']],
    ['plate/auxiliary/crack', ['auxiliary', null, 'crack', null]],
    ['synthetic/hole/indistinguishable', ['auxiliary', null, 'hole', 'indistinguishable']],
    ['train/synthetic/hole', ['auxiliary', null, 'hole', null]],
    ['indistinguishable', ['auxiliary', null, null, 'indistinguishable']],
    ['line 3/OK', ['normal', null, null, null]],
    ['line 3/NG', ['anomaly', null, null, null]],
    ['line 3/not ok/scratch', ['anomaly', null, 'scratch', null]],
    ['defect-free', ['normal', null, null, null]],
    ['sd_crack_v3', ['auxiliary', null, null, null]],
    ['', ['auxiliary', null, null, null]],
  ])('%s', (folder, expected) => {
    expect(role(folder)).toEqual(expected);
  });
});

describe('proposeLayout', () => {
  it('sorts a drop into samples by folder, masks, metadata and system files', () => {
    const layout = proposeLayout(['b/train/good/1.png', 'b/train/good/2.png', 'b/test/crack/1.png', 'b/ground_truth/crack/1_mask.png', 'b/metadata.csv', 'b/.DS_Store', '__MACOSX/b/._1.png']);
    expect(layout.folders.map(({ folder, count }) => [folder, count])).toEqual([['b/test/crack', 1], ['b/train/good', 2]]);
    expect(layout).toMatchObject({ masks: 1, ignored: 2, metadata: ['b/metadata.csv'] });
  });
});

describe('masks', () => {
  it('are told from samples', () => {
    expect(isMaskPath('b/ground_truth/crack/1_mask.png')).toBe(true);
    expect(isMaskPath('b/test/mask.png')).toBe(false);
    expect(isMetadataFile('b/METADATA.CSV')).toBe(true);
    expect(isMetadataFile('b/labels.csv')).toBe(false);
  });

  it('lead to the sample with the same stem, test first', () => {
    const paths = samplePathsOfMask('b/ground_truth/crack/001_mask.png');
    expect(paths[0]).toBe('b/test/crack/001.png');
    expect(paths).toEqual(expect.arrayContaining(['b/test/crack/001.jpg', 'b/test/crack/001_mask.png', 'b/auxiliary/crack/001.tiff', 'b/crack/001.png']));
    expect(samplePathsOfMask('ground_truth/auxiliary/realistic/7.png')).toContain('auxiliary/realistic/7.jpg');
    expect(samplePathsOfMask('masks/7.png')).toContain('7.png');
  });
});

describe('safePath', () => {
  it.each([
    ['a/b.png', 'a/b.png'],
    ['./a//b.png', 'a/b.png'],
    ['a\\b\\c.png', 'a/b/c.png'],
    ['u\u0308.png', '\u00fc.png'],
    ['a/..b.png', 'a/..b.png'],
  ])('%j is kept as %j', (raw, clean) => {
    expect(safePath(raw)).toBe(clean);
  });

  it.each(['', '/', '.', '../x.png', 'a/../../x.png', 'a\\..\\x.png', 'a/ .. /x.png', '/etc/passwd', '\\\\server\\share', 'C:\\x.png', 'c:x.png', 'a\0.png', 'a\nb.png', 'a\u202egnp.exe', `${'x'.repeat(256)}.png`, 'a/'.repeat(501) + 'b'])('%j is refused', (raw) => {
    expect(() => safePath(raw)).toThrowError(expect.objectContaining({ code: 'path.unsafe' }));
  });

  it('knows system files', () => {
    expect(['.DS_Store', 'a/.git/x', '__MACOSX/a.png', 'a/Thumbs.db'].every(isSystemFile)).toBe(true);
    expect(['a/b.png', 'a.b/c.png'].some(isSystemFile)).toBe(false);
  });

  it('splits', () => {
    expect(splitPath('a/b/c.png')).toEqual({ folder: 'a/b', fileName: 'c.png' });
    expect(splitPath('c.png')).toEqual({ folder: '', fileName: 'c.png' });
    expect([stemOf('a.b.png'), stemOf('a'), stemOf('.x')]).toEqual(['a.b', 'a', '.x']);
  });
});
