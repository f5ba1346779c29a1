import { cocoCategories, cocoText } from '@/lib/export/coco';
import { className } from '@/lib/export/facts';
import { fiftyOneMetadata, fiftyOneReadme, fiftyOneSamples } from '@/lib/export/fiftyone';
import type { TableHead, TableRow } from '@/lib/export/table-columns';
import type { PipelineContext } from '../context';
import type { ExportWriter, FrozenExport } from './frozen-export';
import { maskOf } from './masks';
import { exportTable } from './table-rows';
import { ZipStream } from './zip-stream';

/** A row and the size of its mask in bytes, which archives want to know beforehand. */
type Sized = { readonly row: TableRow; readonly maskBytes: number };

/** COCO: `images/` and `annotations.json`. */
export const cocoZip: ExportWriter = async (frozen, context) => {
  const { table, sized } = await labelled(frozen, context);
  const rows = sized.map(({ row }) => row);
  const categories = cocoCategories(rows.filter(({ file }) => file.role !== 'normal').map(({ file }) => className(file)));
  const zip = new ZipStream(context, frozen.cutOffAt);
  for (const { file } of rows) zip.addStored({ ...file, path: `images/${file.path}` }, { counts: true });
  zip.addText('annotations.json', cocoText(table, rows, categories, (row) => maskOf(row, context)));
  return zip.end();
};

/** FiftyOneDataset: `data/`, `labels/` with the masks, `samples.json` and `metadata.json`. */
export const fiftyOneZip: ExportWriter = async (frozen, context) => {
  const { table, sized } = await labelled(frozen, context);
  const rows = sized.map(({ row }) => row);
  const zip = new ZipStream(context, frozen.cutOffAt);
  for (const { row: { file }, maskBytes } of sized) {
    zip.addStored({ ...file, path: `data/${file.path}` }, { counts: true });
    if (file.mask !== null) zip.addStored({ ...file.mask, path: `labels/${file.mask.path}`, bytes: maskBytes }, { counts: false });
  }
  zip.addText('samples.json', fiftyOneSamples(table, rows, (row) => maskOf(row, context)));
  zip.addText('metadata.json', [fiftyOneMetadata(table, rows.map(({ file }) => className(file)))]);
  zip.addText('README.txt', [fiftyOneReadme]);
  return zip.end();
};

/** All rows, as the index of an archive holds all of them too. Masks that the store no longer has are left out. */
async function labelled(frozen: FrozenExport, context: PipelineContext): Promise<{ table: TableHead; sized: Sized[] }> {
  const { table, pages } = await exportTable(frozen, context);
  const sized: Sized[] = [];
  for await (const page of pages) {
    for (const row of page) {
      const bytes = row.file.mask === null ? null : await context.blobs.size(row.file.mask.sha256);
      sized.push(bytes === null ? { row: { ...row, file: { ...row.file, mask: null } }, maskBytes: 0 } : { row, maskBytes: bytes });
    }
  }
  return { table, sized };
}
