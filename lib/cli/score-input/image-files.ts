import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '@/lib/errors';
import { isSystemFile } from '@/lib/ingest/safe-path';

/** Paths of all regular files below a folder, relative to it, sorted; what systems leave beside images is left out, links are not followed. */
export async function imageFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('request.not_found', `The folder ${folder} cannot be read (${cause.code}).`, { cause });
  });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !isSystemFile(file.split(path.sep).join('/')))
    .sort();
  if (files.length === 0) throw new AssayError('data.too_few_rows', `There is no file in ${folder}.`);
  return files;
}
