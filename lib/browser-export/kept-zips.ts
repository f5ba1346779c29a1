import { openTemporary, removeTemporary, temporaryFile } from '@/lib/browser-store/private-images';
import type { WrittenZip } from './zip-messages';

const KEPT_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

type Where = { readonly projectId: string; readonly exportId: string };

/** A zip that lies in this browser. */
export type KeptZip = WrittenZip & { readonly file: File; /** When it is removed. */ readonly until: Date };

const zipOf = ({ exportId }: Where) => `${exportId}.zip`;
/** Says which zip is whole, and its hash, which would take long to compute again. */
const noteOf = ({ exportId }: Where) => `${exportId}.json`;

/** Opens the file for a zip; what lies there stays until the stream is closed. */
export function openKeptZip(where: Where): Promise<FileSystemWritableFileStream> {
  return openTemporary(where.projectId, zipOf(where));
}

/** Puts a zip in place by `write` and notes that it is whole. */
export async function putKeptZip(where: Where, write: () => Promise<WrittenZip>): Promise<WrittenZip> {
  await removeTemporary(where.projectId, noteOf(where));
  const { sha256, bytes } = await write();
  const stream = await openTemporary(where.projectId, noteOf(where));
  await stream.write(JSON.stringify({ sha256, bytes }));
  await stream.close();
  return { sha256, bytes };
}

/** Opening leaves an empty file where there was none; of a zip that was given up it goes. */
export async function clearKeptZip(where: Where): Promise<void> {
  if ((await temporaryFile(where.projectId, zipOf(where))) === null) await removeKeptZip(where);
}

/** The zip of an export, null where it is not (or no longer) in this browser. */
export async function keptZip(where: Where): Promise<KeptZip | null> {
  const [file, note] = await Promise.all([temporaryFile(where.projectId, zipOf(where)), temporaryFile(where.projectId, noteOf(where))]);
  if (file === null || note === null) return null;
  const { sha256, bytes } = JSON.parse(await note.text()) as WrittenZip;
  return file.size === bytes ? { file, sha256, bytes, until: expiry(file) } : null;
}

/** Removes zips that have lain here for seven days, as the server does with its own. */
export async function removeExpiredZips(projectId: string, exportIds: readonly string[], now: Date): Promise<void> {
  for (const exportId of exportIds) {
    const file = await temporaryFile(projectId, zipOf({ projectId, exportId }));
    if (file !== null && expiry(file) < now) await removeKeptZip({ projectId, exportId });
  }
}

async function removeKeptZip(where: Where): Promise<void> {
  await removeTemporary(where.projectId, noteOf(where));
  await removeTemporary(where.projectId, zipOf(where));
}

function expiry(file: File): Date {
  return new Date(file.lastModified + KEPT_DAYS * DAY_MS);
}
