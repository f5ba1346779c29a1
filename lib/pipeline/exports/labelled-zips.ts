import { cocoCategories, cocoText } from '@/lib/export/coco';
import { className, type LabelledRow } from '@/lib/export/facts';
import { fiftyOneMetadata, fiftyOneReadme, fiftyOneSamples } from '@/lib/export/fiftyone';
import type { TableHead, TableRow } from '@/lib/export/table-columns';
import type { PipelineContext } from '../context';
import type { ExportWriter, FrozenExport } from './frozen-export';
import { maskOf } from './masks';
import { exportTable } from './table-rows';
import { TemporaryList } from './temporary-list';
import { ZipStream, type ArchivedFile } from './zip-stream';

/** COCO: `images/` and `annotations.json`. */
export const cocoZip: ExportWriter = labelledZip((zip, { table, rows, files, defects }) => {
  for (const { image } of files) zip.addStored({ ...image, path: `images/${image.path}` }, { counts: true });
  zip.addText('annotations.json', cocoText(table, () => rows.read(), cocoCategories(defects)));
});

/** FiftyOneDataset: `data/`, `labels/` with the masks, `samples.json` and `metadata.json`. */
export const fiftyOneZip: ExportWriter = labelledZip((zip, { table, rows, files, classes }) => {
  for (const { image, mask } of files) {
    zip.addStored({ ...image, path: `data/${image.path}` }, { counts: true });
    if (mask !== null) zip.addStored({ ...mask, path: `labels/${mask.path}` }, { counts: false });
  }
  zip.addText('samples.json', fiftyOneSamples(table, rows.read()));
  zip.addText('metadata.json', [fiftyOneMetadata(table, classes)]);
  zip.addText('README.txt', [fiftyOneReadme]);
});

/** What an archive is made from. Only what its index needs of every file is held; the rows lie in a temporary file. */
type Labelled = {
  readonly table: TableHead;
  readonly rows: TemporaryList<LabelledRow>;
  readonly files: readonly LabelledFile[];
  /** Of all samples, and of those that are not normal. */
  readonly classes: ReadonlySet<string>;
  readonly defects: ReadonlySet<string>;
};

type LabelledFile = { readonly image: ArchivedFile; readonly mask: ArchivedFile | null };

/** An archive of images and of texts that tell of all of them. The table is read once: what is edited meanwhile cannot make one part contradict another. */
function labelledZip(fill: (zip: ZipStream, labelled: Labelled) => void): ExportWriter {
  return async (frozen, context) => {
    const labelled = await readLabelled(frozen, context);
    const { rows } = labelled; // alone: the list of files shall not live as long as the archive is read
    try {
      const zip = new ZipStream(context, frozen.cutOffAt);
      fill(zip, labelled);
      return zip.end().once('close', () => void rows.close().catch((error: unknown) => context.logger.warn({ error }, 'a temporary file was not closed')));
    } catch (error) {
      await rows.close();
      throw error;
    }
  };
}

async function readLabelled(frozen: FrozenExport, context: PipelineContext): Promise<Labelled> {
  const { table, pages } = await exportTable(frozen, context);
  const [files, classes, defects] = [new Array<LabelledFile>(), new Set<string>(), new Set<string>()];
  const note = ({ file }: TableRow, mask: ArchivedFile | null) => {
    files.push({ image: { path: file.path, sha256: file.sha256, bytes: file.bytes }, mask });
    classes.add(className(file));
    if (file.role !== 'normal') defects.add(className(file));
  };
  return { table, rows: await TemporaryList.of(labelledRows(pages, context, note)), files, classes, defects };
}

/** Each row with the region of its mask. Masks that the store no longer has are left out. */
async function* labelledRows(pages: AsyncIterable<readonly TableRow[]>, context: PipelineContext, note: (row: TableRow, mask: ArchivedFile | null) => void): AsyncGenerator<LabelledRow> {
  for await (const page of pages) {
    for (const row of page) {
      context.signal.throwIfAborted();
      const { mask } = row.file;
      const bytes = mask === null ? null : await context.blobs.size(mask.sha256);
      const known = bytes === null ? { ...row, file: { ...row.file, mask: null } } : row;
      note(known, mask === null || bytes === null ? null : { ...mask, bytes });
      yield { row: known, shape: await maskOf(known, context) };
    }
  }
}
