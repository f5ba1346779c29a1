import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '@/lib/errors';

/** Paths of all regular files below a folder, relative to it, sorted; hidden files are left out, links are not followed. */
export async function imageFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new AssayError('request.not_found', `The folder ${folder} cannot be read.`, { cause });
  });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  if (files.length === 0) throw new AssayError('data.too_few_rows', `There is no file in ${folder}.`);
  return files;
}
