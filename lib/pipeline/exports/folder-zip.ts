import { isVector, manifestText } from '@/lib/export/manifest';
import { csvText } from '@/lib/export/rows';
import { exportHead } from '@/lib/store/exports/head';
import { vectorLines } from '../export-vectors';
import { manifestFiles, type ExportWriter } from './frozen-export';
import { ZipStream } from './zip-stream';

/**
 * The images and masks in the layout of lib/export/layout.ts (or `vectors.csv` with the values as they were given), then
 * `samples.csv` and `manifest.json`.
 */
export const folderZip: ExportWriter = async (frozen, context) => {
  const files = await manifestFiles(frozen, context);
  const head = await exportHead(frozen, context.store);
  const zip = new ZipStream(context, frozen.cutOffAt);
  for (const file of files.filter((each) => !isVector(each))) {
    zip.addStored(file, { counts: true });
    if (file.mask !== null) zip.addStored(file.mask, { counts: false });
  }
  const vectors = files.filter(isVector);
  if (vectors.length > 0) zip.addText('vectors.csv', vectorLines(vectors, context));
  zip.addText('samples.csv', csvText(files));
  zip.addText('manifest.json', manifestText(head, files));
  return zip.end();
};
