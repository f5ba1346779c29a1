import type { TableHead, TableRow } from './table-columns';
import { className, sampleFacts, type LabelledRow } from './facts';
import type { MaskShape } from './run-length';

/** The categories of a COCO file: the classes of all samples but normals, in order, numbered from 1. */
export function cocoCategories(classes: Iterable<string>): ReadonlyMap<string, number> {
  return new Map([...new Set(classes)].sort().map((name, i) => [name, i + 1]));
}

/**
 * `annotations.json` in COCO's format for object detection, in pieces: an image per sample with what is known of it under
 * `assay`, then an annotation per mask, its region as an uncompressed RLE. Images without a mask (normals, and anomalies
 * whose region nobody knows) have no annotation; what they are stands under `assay`.
 * @param rows reads the same samples from the first whenever it is called: once for the images, once for the annotations
 */
export async function* cocoText(table: TableHead, rows: () => AsyncIterable<LabelledRow>, categories: ReadonlyMap<string, number>): AsyncGenerator<string> {
  const { head } = table;
  const info = { year: Number(head.cutOffAt.slice(0, 4)), version: '1.0', description: `${head.project.name}, exported from Assay`, contributor: head.writtenBy, date_created: head.cutOffAt, assay: head };
  yield `{"info":${JSON.stringify(info)},\n"licenses":[],\n"categories":${JSON.stringify([...categories].map(([name, id]) => ({ id, name, supercategory: 'defect' })))},\n"images":[`;
  let imageId = 0;
  for await (const { row } of rows()) yield `${++imageId === 1 ? '\n' : ',\n'}${JSON.stringify(imageOf(row, imageId, table))}`;
  yield '\n],\n"annotations":[';
  imageId = 0;
  let id = 0;
  for await (const { row, shape } of rows()) {
    imageId++;
    if (shape === null) continue;
    yield `${++id === 1 ? '\n' : ',\n'}${JSON.stringify(annotationOf(row, shape, { id, imageId, category: categories.get(className(row.file)) ?? 0 }))}`;
  }
  yield '\n]}\n';
}

function imageOf(row: TableRow, id: number, table: TableHead) {
  const { path, width, height } = row.file;
  return { id, file_name: path, width: width ?? 0, height: height ?? 0, license: 0, date_captured: '', assay: sampleFacts(row, table) };
}

/** One defect. `iscrowd` is 0: readers take it as an object to be found, and not as a region to be ignored. */
function annotationOf({ file }: TableRow, { counts, area, box }: MaskShape, { id, imageId, category }: { id: number; imageId: number; category: number }) {
  const { role, score, decision } = file;
  return {
    id, image_id: imageId, category_id: category, iscrowd: 0, area, bbox: box, segmentation: { size: [file.height ?? 0, file.width ?? 0], counts },
    attributes: { role, quality: score?.quality ?? null, zone: score?.zone ?? null, verdict: decision?.verdict ?? null, reason: decision?.reason ?? null },
  };
}
