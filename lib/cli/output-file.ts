import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '@/lib/errors';

/**
 * The file of the same name with another extension.
 * @throws AssayError `parameter.invalid` when that would be the file itself
 */
export function besides(file: string, extension: string): string {
  const { dir, name } = path.parse(file);
  const other = path.join(dir, `${name}${extension}`);
  if (other !== file) return other;
  throw new AssayError('parameter.invalid', `${file} cannot end in ${extension}: a file of that name is put beside it.`);
}

/**
 * Finds out before the work whether a file can be written after it.
 * @param what the option that named it, for the message
 * @throws AssayError `parameter.invalid`
 */
export async function requireWritable(what: string, file: string): Promise<void> {
  const refused = (reason: string, cause?: unknown) => new AssayError('parameter.invalid', `${what} cannot be written: ${reason}.`, { cause });
  const folder = path.dirname(file);
  const parent = await stat(folder).catch((cause: unknown) => {
    throw refused(`the folder ${folder} is not there`, cause);
  });
  if (!parent.isDirectory()) throw refused(`${folder} is not a folder`);
  const present = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw refused(`${file} (${cause.code})`, cause);
  });
  if (present?.isFile() === false) throw refused(`${file} is not a regular file`);
  await access(present === undefined ? folder : file, constants.W_OK).catch((cause: unknown) => {
    throw refused(`there is no right to write ${file}`, cause);
  });
}

/** @throws AssayError `storage.full` or `storage.failed`, always */
export function writeFailure(file: string, cause: unknown): never {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    throw new AssayError('storage.full', `${file} could not be written: the disk is full.`, { hint: 'Make room and try again.', cause });
  }
  throw new AssayError('storage.failed', `${file} could not be written (${code ?? String(cause)}).`, { cause });
}
