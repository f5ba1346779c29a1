import { AssayError } from '@/lib/errors';
import { webpSize } from '@/lib/ingest/image-size';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store as defaultStore, type Transaction } from '@/lib/store/client';
import type { PrismaClient } from '@/lib/store/generated/client';

/** Longest side of a thumbnail in pixels. */
const THUMBNAIL_SIDE = 256;
const BATCH = 500;

/**
 * Lets only projects pass whose images the server keeps.
 * @param what what cannot be done, as the subject of a sentence: "Feature extraction on the server"
 * @throws AssayError `project.private`
 */
export async function requireServerProject(store: PrismaClient | Transaction, projectId: string, what: string): Promise<void> {
  if (!(await isPrivateProject(store, projectId))) return;
  throw new AssayError('project.private', `${what} needs the images or vectors on the server, and the images of this project stay in the browsers of its members.`, {
    hint: 'Open the project in a browser that holds its images: there the same is done on the spot.',
  });
}

/** Whether the images of a project stay in the browsers of its members. */
export async function isPrivateProject(store: PrismaClient | Transaction, projectId: string): Promise<boolean> {
  const project = await store.project.findUnique({ where: { id: projectId }, select: { isPrivate: true } });
  return project?.isPrivate === true;
}

/** The same for the page that opens a project. */
export function opensPrivate(projectId: string): Promise<boolean> {
  return isPrivateProject(defaultStore(), projectId);
}

/**
 * Stores a thumbnail that a browser made.
 * @param base64 WebP of at most 256 pixels a side
 * @returns its SHA-256
 * @throws AssayError `request.invalid` for anything else
 */
export async function storeThumbnail(base64: string): Promise<string> {
  const bytes = Buffer.from(base64, 'base64');
  const size = webpSize(bytes);
  if (size === null || size.width > THUMBNAIL_SIDE || size.height > THUMBNAIL_SIDE) {
    throw new AssayError('request.invalid', `A thumbnail is a WebP of at most ${THUMBNAIL_SIDE} pixels a side, and this is something else.`);
  }
  return blobStore().put(bytes);
}

/** Takes the thumbnails of a project away from its samples. @returns the hashes that it had, for `removeUnused` */
export async function dropThumbnails(transaction: Transaction, projectId: string): Promise<string[]> {
  const where = { projectId, thumbnailSha256: { not: null } };
  const held = await transaction.sample.findMany({ where, select: { thumbnailSha256: true }, distinct: ['thumbnailSha256'] });
  await transaction.sample.updateMany({ where, data: { thumbnailSha256: null } });
  return held.flatMap(({ thumbnailSha256 }) => thumbnailSha256 ?? []);
}

/** Removes the bytes of thumbnails that nothing else has; content that a sample or an upload holds elsewhere stays. */
export async function removeUnused(store: PrismaClient, hashes: readonly string[]): Promise<void> {
  for (let at = 0; at < hashes.length; at += BATCH) {
    const some = { in: hashes.slice(at, at + BATCH) };
    const [samples, files] = await Promise.all([
      store.sample.findMany({
        where: { OR: [{ thumbnailSha256: some }, { sha256: some, project: { isPrivate: false } }, { viewSha256: some }, { maskSha256: some }] },
        select: { sha256: true, thumbnailSha256: true, viewSha256: true, maskSha256: true },
      }),
      store.uploadFile.findMany({ where: { sha256: some, state: 'received' }, select: { sha256: true } }),
    ]);
    const kept = new Set<string | null>([...samples.flatMap((sample) => Object.values(sample)), ...files.map(({ sha256 }) => sha256)]);
    for (const sha256 of some.in) if (!kept.has(sha256)) await blobStore().remove(sha256);
  }
}
