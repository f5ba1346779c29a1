import { describe, expect, it } from 'vitest';
import { MANIFEST_VERSION, type ListedFile, type ManifestHead } from '@/lib/api/contracts/export-manifest';
import { cocoCategories, cocoText } from './coco';
import type { LabelledRow } from './facts';
import { fiftyOneMetadata, fiftyOneSamples } from './fiftyone';
import { maskShape } from './run-length';
import type { TableHead } from './table-columns';

const head: ManifestHead = {
  format: 'assay-export', formatVersion: MANIFEST_VERSION, writtenBy: 'Assay 0', exportId: 'e', project: { id: 'p', name: 'Plates', objectName: 'plate' },
  cutOffAt: '2026-01-01T00:00:00.000Z', rule: { runId: null, filter: {} }, run: null, count: 3,
};
const table: TableHead = { head, others: [{ runId: 'r', evaluator: 'LAVA' }] };
const file = (name: string, fields: Partial<ListedFile>): ListedFile => ({
  path: `plate/${name}`, sha256: 'aa', bytes: 10, mask: null, sampleId: name, role: 'auxiliary', split: null, defectType: null, qualityLabel: null, generator: null, prompt: null,
  parameters: null, severity: null, width: 2, height: 3, format: 'png', original: { folder: 'in', fileName: name }, score: null, decision: null, ...fields,
});
const score = { quality: 1, probability: 0.25, density: 0.5, rarity: 1e-7, zone: 'realistic', spread: null, coveringSpheres: 3, gap: null } as const;
const decision = { verdict: 'accepted', reason: null, note: 'a "b"', version: 2, userId: 'u', userName: 'Lea', decidedAt: '2026-01-01T00:00:00.000Z', runId: null } as const;
const rows: readonly LabelledRow[] = [
  {
    row: {
      file: file('1.png', { defectType: 'crack', mask: { path: 'plate/m/1_mask.png', sha256: 'bb' }, parameters: { strength: 2 }, severity: 3, score, decision }), tags: ['seam'],
      standings: [{ quality: 1, rank: 1, of: 2, percentile: 100 }, { quality: -2, rank: 2, of: 2, percentile: 0 }],
    },
    shape: maskShape(Uint8Array.of(0, 0, 0, 1, 0, 1), 2, 3),
  },
  { row: { file: file('2.png', { role: 'normal', split: 'train' }), tags: [], standings: [null, null] }, shape: null },
  { row: { file: file('3.png', { role: 'anomaly', width: null, height: null }), tags: [], standings: [null, null] }, shape: null },
];

/** Reads the rows as a list outside of the memory does: one after the other. */
async function* reading(): AsyncGenerator<LabelledRow> {
  for (const row of rows) yield Promise.resolve(row);
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe('annotations.json of COCO', () => {
  it('is written image by image, then annotation by annotation', async () => {
    expect(await joined(cocoText(table, reading, cocoCategories(['crack', 'anomaly', 'crack'])))).toBe(`{"info":{"year":2026,"version":"1.0","description":"Plates, exported from Assay","contributor":"Assay 0","date_created":"2026-01-01T00:00:00.000Z","assay":${JSON.stringify(head)}},
"licenses":[],
"categories":[{"id":1,"name":"anomaly","supercategory":"defect"},{"id":2,"name":"crack","supercategory":"defect"}],
"images":[
{"id":1,"file_name":"plate/1.png","width":2,"height":3,"license":0,"date_captured":"","assay":{"sample_id":"1.png","sha256":"aa","original":"in/1.png","role":"auxiliary","defect_type":"crack","tags":["seam"],"parameters":{"strength":2},"severity":3,"quality":1,"rank":1,"percentile":100,"probability":0.25,"density":0.5,"rarity":1e-7,"zone":"realistic","quality_LAVA":-2,"verdict":"accepted","note":"a \\"b\\"","decided_by":"Lea","decided_at":"2026-01-01T00:00:00.000Z","decision_version":2}},
{"id":2,"file_name":"plate/2.png","width":2,"height":3,"license":0,"date_captured":"","assay":{"sample_id":"2.png","sha256":"aa","original":"in/2.png","role":"normal","split":"train"}},
{"id":3,"file_name":"plate/3.png","width":0,"height":0,"license":0,"date_captured":"","assay":{"sample_id":"3.png","sha256":"aa","original":"in/3.png","role":"anomaly"}}
],
"annotations":[
{"id":1,"image_id":1,"category_id":2,"iscrowd":0,"area":2,"bbox":[1,1,1,2],"segmentation":{"size":[3,2],"counts":[4,2]},"attributes":{"role":"auxiliary","quality":1,"zone":"realistic","verdict":"accepted","reason":null}}
]}
`);
  });

  it('is valid of no samples', async () => {
    const none = () => (async function* (): AsyncGenerator<LabelledRow> {})();
    expect(JSON.parse(await joined(cocoText(table, none, cocoCategories([]))))).toMatchObject({ images: [], annotations: [], categories: [] });
  });
});

describe('samples.json of FiftyOne', () => {
  it('is written sample by sample, with a point in every number that is not whole by nature', async () => {
    expect(await joined(fiftyOneSamples(table, reading()))).toBe(`{"samples":[
{"filepath":"data/plate/1.png","tags":["auxiliary","seam"],"metadata":{"_cls":"ImageMetadata","size_bytes":10,"width":2,"height":3},"ground_truth":{"_cls":"Classification","label":"crack"},"sample_id":"1.png","sha256":"aa","original":"in/1.png","role":"auxiliary","defect_type":"crack","severity":3.0,"quality":1.0,"rank":1,"percentile":100.0,"probability":0.25,"density":0.5,"rarity":1e-7,"zone":"realistic","quality_LAVA":-2.0,"verdict":"accepted","note":"a \\"b\\"","decided_by":"Lea","decided_at":"2026-01-01T00:00:00.000Z","decision_version":2,"parameters":"{\\"strength\\":2}","review":{"_cls":"Classification","label":"accepted"},"mask_file":"labels/plate/m/1_mask.png","defect":{"_cls":"Detections","detections":[{"_cls":"Detection","label":"crack","bounding_box":[0.5,0.3333333333333333,0.5,0.6666666666666666]}]}},
{"filepath":"data/plate/2.png","tags":["normal"],"metadata":{"_cls":"ImageMetadata","size_bytes":10,"width":2,"height":3},"ground_truth":{"_cls":"Classification","label":"good"},"sample_id":"2.png","sha256":"aa","original":"in/2.png","role":"normal","split":"train"},
{"filepath":"data/plate/3.png","tags":["anomaly"],"metadata":{"_cls":"ImageMetadata","size_bytes":10},"ground_truth":{"_cls":"Classification","label":"anomaly"},"sample_id":"3.png","sha256":"aa","original":"in/3.png","role":"anomaly"}
]}
`);
    expect(JSON.parse(fiftyOneMetadata(table, ['good', 'crack', 'good']))).toEqual({ media_type: 'image', info: { assay: head }, default_classes: ['crack', 'good'] });
  });
});
