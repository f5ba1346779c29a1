/** A file that the person chose, before its bytes are read. `read` may fail when the file was moved meanwhile. */
export type Source = { readonly path: string; readonly read: () => Promise<File> };

/** How a file is sent. Images and tables of vectors one by one; a zip as a whole; a table beside the images as metadata. */
export type SourceKind = 'image' | 'table' | 'archive' | 'metadata';

const ignoredNames = new Set(['.ds_store', 'thumbs.db', 'desktop.ini']);

/** Whether a path is what file systems leave lying about, not what the person meant. */
export function isLitter(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  return ignoredNames.has(name.toLowerCase()) || name.startsWith('._') || parts.includes('__MACOSX');
}

/** How a file of that name is sent. A CSV of another name than metadata.csv that names files is found out by the import. */
export function kindOf(path: string): SourceKind {
  if (/(^|\/)metadata\.(csv|jsonl)$/i.test(path)) return 'metadata';
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  if (extension === 'zip') return 'archive';
  if (extension === 'jsonl') return 'metadata';
  if (extension === 'csv' || extension === 'npz' || extension === 'npy' || extension === 'parquet') return 'table';
  return 'image';
}

/** Files of an `<input type="file">`, with their folder where one was chosen. */
export function sourcesOfInput(files: Iterable<File>): Source[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, read: () => Promise.resolve(file) }));
}

/** What a drop holds. `handles` is filled where the browser gives lasting ones (File System Access API). */
export type Dropped = { sources: Source[]; handles: FileSystemHandle[] };

type DroppedItem = { handle: Promise<FileSystemHandle | null> | null; entry: FileSystemEntry | null; file: File | null };

/**
 * Reads everything below what was dropped. Must be called in the drop event itself: the list of items is
 * emptied when the event ends, so all of them are taken before the first wait.
 */
export async function sourcesOfDrop(items: DataTransferItemList): Promise<Dropped> {
  const dropped = [...items].filter((item) => item.kind === 'file').map(takeItem);
  const result: Dropped = { sources: [], handles: [] };
  for (const { handle, entry, file } of dropped) {
    const lasting = handle === null ? null : await handle.catch(() => null);
    if (lasting !== null) {
      result.handles.push(lasting);
      await walkHandle(lasting, '', result.sources);
    } else if (entry !== null) {
      await walkEntry(entry, '', result.sources);
    } else if (file !== null) {
      result.sources.push({ path: file.name, read: () => Promise.resolve(file) });
    }
  }
  return result;
}

function takeItem(item: DataTransferItem): DroppedItem {
  const withHandle = item as DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };
  return { handle: withHandle.getAsFileSystemHandle?.() ?? null, entry: item.webkitGetAsEntry(), file: item.getAsFile() };
}

/** Adds the files of lasting handles (folders with everything below them). */
export async function sourcesOfHandles(handles: readonly FileSystemHandle[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const handle of handles) await walkHandle(handle, '', sources);
  return sources;
}

async function walkHandle(handle: FileSystemHandle, parent: string, into: Source[]): Promise<void> {
  const path = parent === '' ? handle.name : `${parent}/${handle.name}`;
  if (isFileHandle(handle)) {
    into.push({ path, read: () => handle.getFile() });
    return;
  }
  const folder = handle as FileSystemDirectoryHandle & { values: () => AsyncIterable<FileSystemHandle> };
  for await (const child of folder.values()) await walkHandle(child, path, into);
}

function isFileHandle(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

async function walkEntry(entry: FileSystemEntry, parent: string, into: Source[]): Promise<void> {
  const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
  if (entry.isFile) {
    into.push({ path, read: () => new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives at most 100 entries at a time; an empty answer is the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    for (const child of batch) await walkEntry(child, path, into);
  }
}
