import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { manifestSchema, MANIFEST_VERSION, type ManifestFile, type ManifestHead } from '@/lib/api/contracts/export-manifest';
import { proposeFolderRole, samplePathsOfMask } from '@/lib/ingest/layout';
import { readMetadata } from '@/lib/ingest/metadata';
import { splitPath } from '@/lib/ingest/safe-path';
import { byteRange } from './byte-range';
import { folderName, placeSamples, type Placed } from './layout';
import { manifestText } from './manifest';
import { csvText } from './rows';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const sample = (n: number, fields: Partial<Placed> = {}): Placed => ({ id: id(n), sha256: `${n}`.repeat(64).slice(0, 64), fileName: `${n}.png`, role: 'auxiliary', split: null, defectType: null, ...fields });
const file = (fields: Partial<ManifestFile> = {}): ManifestFile => ({
  path: 'plate/auxiliary/crack/1.png', sha256: 'a'.repeat(64), bytes: 10, mask: null, sampleId: id(1), role: 'auxiliary', split: null, defectType: 'crack', qualityLabel: null,
  generator: null, prompt: null, parameters: null, severity: null, width: 2, height: 3, format: 'png', original: { folder: 'x', fileName: '1.png' }, score: null, decision: null, ...fields,
});
const head: ManifestHead = {
  format: 'assay-export', formatVersion: MANIFEST_VERSION, writtenBy: 'Assay 0', exportId: id(9), project: { id: id(8), name: 'p', objectName: 'plate' },
  cutOffAt: '2026-01-01T00:00:00.000Z', rule: { runId: null, filter: { verdicts: ['accepted'] } }, run: null, count: 2,
};

describe('placeSamples', () => {
  it('follows the MVTec layout, and keeps auxiliary anomalies out of train', () => {
    const places = placeSamples('Metal Plate', [
      sample(1, { role: 'normal', split: 'train' }), sample(2, { role: 'normal', split: 'test' }), sample(3, { role: 'normal' }),
      sample(4, { role: 'anomaly', split: 'test', defectType: 'scratch' }), sample(5, { role: 'anomaly' }), sample(6, { defectType: 'crack' }), sample(7),
    ]);
    expect([1, 2, 3, 4, 5, 6, 7].map((n) => places.get(id(n))!.image)).toEqual([
      'metal_plate/train/good/1.png', 'metal_plate/test/good/2.png', 'metal_plate/train/good/3.png',
      'metal_plate/test/scratch/4.png', 'metal_plate/test/anomaly/5.png', 'metal_plate/auxiliary/crack/6.png', 'metal_plate/auxiliary/synthetic/7.png',
    ]);
    expect(places.get(id(4))!.mask).toBe('metal_plate/ground_truth/scratch/4_mask.png');
    expect(places.get(id(6))!.mask).toBe('metal_plate/masks/auxiliary/crack/6_mask.png');
  });

  it('is read back by our own import with the same roles and masks', () => {
    const samples = [sample(1, { role: 'normal', split: 'train' }), sample(4, { role: 'anomaly', split: 'test', defectType: 'scratch' }), sample(6, { defectType: 'crack' }), sample(8, { role: 'anomaly', split: 'train', defectType: 'hole' })];
    for (const [sampleId, { image, mask }] of placeSamples('plate', samples)) {
      const { role, split, defectType } = samples.find((one) => one.id === sampleId)!;
      expect(proposeFolderRole(splitPath(image).folder)).toMatchObject({ role, split, defectType });
      expect(samplePathsOfMask(mask)).toContain(image);
    }
  });

  it('tells samples of one name apart, also by letter case and by mask', () => {
    const places = placeSamples('p', [sample(3, { fileName: 'A.jpg' }), sample(1, { fileName: 'a.png' }), sample(2, { fileName: 'a.png' })]);
    expect([1, 2, 3].map((n) => places.get(id(n))!.image)).toEqual(['p/auxiliary/synthetic/a.png', 'p/auxiliary/synthetic/a_222222222222.png', 'p/auxiliary/synthetic/A_333333333333.jpg']);
    expect(new Set([...places.values()].map(({ mask }) => mask)).size).toBe(3);
  });

  it('cleans names that some systems refuse', () => {
    expect(placeSamples('../x', [sample(1, { fileName: 'a:b?.png', defectType: '..' })]).get(id(1))!.image).toBe('_x/auxiliary/synthetic/a_b_.png');
    expect(folderName('  ', 'object')).toBe('object');
  });
});

describe('manifest', () => {
  it('is written in pieces and read by its schema', () => {
    const files = [file(), file({ path: 'b', score: { quality: 0.7, probability: 0.9, density: 0.5, rarity: 0.1, zone: 'realistic', spread: null, coveringSpheres: 3, gap: null } })];
    const manifest = manifestSchema.parse(JSON.parse([...manifestText(head, files)].join('')));
    expect(manifest).toEqual({ ...head, files });
    expect(manifestSchema.parse(JSON.parse([...manifestText(head, [])].join(''))).files).toEqual([]);
  });
});

describe('samples.csv', () => {
  it('disarms formulas, keeps numbers, and is metadata for an upload', () => {
    const text = [...csvText([file({ prompt: '=HYPERLINK("http://x")', generator: '@sd', severity: -2, parameters: { a: 1 }, qualityLabel: 'realistic' })])].join('');
    const [row] = parse(text, { columns: true }) as Record<string, string>[];
    expect(row).toMatchObject({ path: 'plate/auxiliary/crack/1.png', prompt: '\'=HYPERLINK("http://x")', generator: "'@sd", severity: '-2' });
    expect(readMetadata(Buffer.from(text), 'samples.csv').rows.get('plate/auxiliary/crack/1.png')).toMatchObject({ role: 'auxiliary', qualityLabel: 'realistic', parameters: { a: 1 }, severity: -2 });
  });
});

describe('byteRange', () => {
  it.each([
    [null, null], ['bytes=0-9', { start: 0, end: 9 }], ['bytes=90-', { start: 90, end: 99 }], ['bytes=90-1000', { start: 90, end: 99 }], ['bytes=-5', { start: 95, end: 99 }], ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'], ['bytes=-0', 'unsatisfiable'], ['bytes=9-3', null], ['bytes=0-1,5-6', null], ['items=0-1', null], ['bytes=-', null],
  ])('%s', (header, expected) => {
    expect(byteRange(header, 100)).toEqual(expected);
  });
});
