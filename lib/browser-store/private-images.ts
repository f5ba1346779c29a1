import { AssayError } from '@/lib/errors';
import { available, folderOf, isNotFound, namesIn, readFileOf, removeEntry, writeFileTo } from './folders';

/**
 * Images of private projects in this browser's Origin Private File System. public/private-images.js reads the same
 * files: whoever changes the layout changes both.
 *
 *     private/<projectId>/<sampleId>/{original,view,thumbnail,mask}
 *     private/<projectId>/tmp/<name>
 *
 * A file appears whole or not at all. A sample counts as held once its `original`, which is written last, is there.
 */
const rootName = 'private';
const temporaryName = 'tmp';

export type HeldVariant = 'original' | 'view' | 'thumbnail' | 'mask';
export type HeldImage = { readonly original: Blob; readonly thumbnail: Blob; readonly view: Blob | null };
export type Availability = { readonly available: true } | { readonly available: false; readonly why: string };
/** Bytes; `quota` is what the browser would give to everything of this address. */
export type StorageUse = { readonly used: number; readonly quota: number; readonly persisted: boolean };

/** Whether this browser can keep the images of a private project, and if not, why in one sentence. */
export async function privateImagesAvailable(): Promise<Availability> {
  return available();
}

/**
 * Keeps the renditions of an image; a sample that is held already is written again.
 * @throws AssayError `private.no_storage` when the browser gives no (more) room
 */
export async function keepImage(projectId: string, sampleId: string, { original, thumbnail, view }: HeldImage): Promise<void> {
  const folder = await folderOf([rootName, projectId, sampleId], true);
  await writeFileTo(folder, 'thumbnail', thumbnail);
  if (view !== null) await writeFileTo(folder, 'view', view);
  await writeFileTo(folder, 'original', original);
}

/** Keeps the mask of a sample, whether or not its image is here. @throws AssayError `private.no_storage` */
export async function keepMask(projectId: string, sampleId: string, mask: Blob): Promise<void> {
  await writeFileTo(await folderOf([rootName, projectId, sampleId], true), 'mask', mask);
}

/** A file of a sample, null where it is not in this browser. `view` gives the original where the browser shows that itself. */
export async function readImage(projectId: string, sampleId: string, variant: HeldVariant): Promise<File | null> {
  const folder = await folderOf([rootName, projectId, sampleId], false);
  if (folder === null) return null;
  const file = await readFileOf(folder, variant);
  return file === null && variant === 'view' ? readFileOf(folder, 'original') : file;
}

/** Ids of the samples whose images are in this browser. */
export async function heldSampleIds(projectId: string): Promise<Set<string>> {
  const project = await folderOf([rootName, projectId], false);
  if (project === null) return new Set();
  const ids = (await namesIn(project)).filter((name) => name !== temporaryName);
  const held = await Promise.all(ids.map(async (id) => ((await isHeld(project, id)) ? [id] : [])));
  return new Set(held.flat());
}

/** A page that died while it wrote leaves an empty `original`, which does not count. */
async function isHeld(project: FileSystemDirectoryHandle, sampleId: string): Promise<boolean> {
  const folder = await project.getDirectoryHandle(sampleId).catch((error: unknown) => {
    if (isNotFound(error)) return null;
    throw error;
  });
  return folder !== null && (await readFileOf(folder, 'original')) !== null;
}

/** Ids of every sample of which this browser has any file: also of those whose mask alone is here. */
export async function knownSampleIds(projectId: string): Promise<Set<string>> {
  const project = await folderOf([rootName, projectId], false);
  return new Set(project === null ? [] : (await namesIn(project)).filter((name) => name !== temporaryName));
}

/** Removes all files of these samples from this browser. */
export async function forgetSamples(projectId: string, sampleIds: Iterable<string>): Promise<void> {
  const project = await folderOf([rootName, projectId], false);
  if (project === null) return;
  for (const sampleId of sampleIds) await removeEntry(project, sampleId);
}

/** Removes everything of a project from this browser. */
export async function forgetProject(projectId: string): Promise<void> {
  const root = await folderOf([rootName], false);
  if (root !== null) await removeEntry(root, projectId);
}

/** What this address uses and may use of the disk. */
export async function storageUse(): Promise<StorageUse> {
  const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]);
  return { used: usage, quota, persisted };
}

/** Asks the browser not to clear the images when the disk is short of room; it may ask the person, or refuse. */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage.persisted()) || navigator.storage.persist();
}

/**
 * A file that is being made, for example a zip before it is downloaded; an older one of this name is replaced when the
 * stream is closed. @throws AssayError `private.no_storage`
 */
export async function openTemporary(projectId: string, name: string): Promise<FileSystemWritableFileStream> {
  const folder = await folderOf([rootName, projectId, temporaryName], true);
  try {
    return await (await folder.getFileHandle(name, { create: true })).createWritable();
  } catch (error) {
    throw new AssayError('private.no_storage', 'The browser gives no room for a file.', { cause: error });
  }
}

/** The finished file, null where there is none. */
export async function temporaryFile(projectId: string, name: string): Promise<File | null> {
  const folder = await folderOf([rootName, projectId, temporaryName], false);
  return folder === null ? null : readFileOf(folder, name);
}

export async function removeTemporary(projectId: string, name: string): Promise<void> {
  const folder = await folderOf([rootName, projectId, temporaryName], false);
  if (folder !== null) await removeEntry(folder, name);
}
