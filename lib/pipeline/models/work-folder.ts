import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/env';

/** What a download left that nobody went on with. */
const ABANDONED_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * A folder in the data folder for what arrives of a network. The same key gives the same folder, so that a download
 * that was cut goes on; folders that nobody has touched for a week are removed.
 */
export async function workFolder(key: string): Promise<string> {
  const parent = path.join(env().dataDir, 'model-downloads');
  const folder = path.join(parent, createHash('sha256').update(key).digest('hex').slice(0, 32));
  await mkdir(folder, { recursive: true });
  await utimes(folder, new Date(), new Date());
  for (const name of await readdir(parent)) {
    const other = path.join(parent, name);
    const { mtimeMs } = await stat(other);
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(other, { recursive: true, force: true });
  }
  return folder;
}
