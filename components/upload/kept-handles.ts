/**
 * File handles of an upload, kept in this browser (IndexedDB), so that after a reload one click goes on where the
 * upload stopped. Browsers without the File System Access API keep nothing; there the person picks the files again.
 */
const databaseName = 'assay-uploads';
const storeName = 'handles';

type Permitted = FileSystemHandle & { requestPermission?: (options: { mode: 'read' }) => Promise<PermissionState> };

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps no data for this page.'));
  });
}

async function perform<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await openDatabase();
  try {
    return await new Promise((resolve, reject) => {
      const request = act(database.transaction(storeName, mode).objectStore(storeName));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('The browser did not keep the file handles.'));
    });
  } finally {
    database.close();
  }
}

/** Adds handles to those kept for an upload. */
export async function keepHandles(uploadId: string, handles: readonly FileSystemHandle[]): Promise<void> {
  if (handles.length === 0) return;
  const kept = await keptHandles(uploadId);
  await perform('readwrite', (store) => store.put([...kept, ...handles], uploadId));
}

/** Handles kept for an upload; empty where there are none. */
export async function keptHandles(uploadId: string): Promise<FileSystemHandle[]> {
  const kept: unknown = await perform('readonly', (store) => store.get(uploadId));
  return Array.isArray(kept) ? (kept as FileSystemHandle[]) : [];
}

export async function forgetHandles(uploadId: string): Promise<void> {
  await perform('readwrite', (store) => store.delete(uploadId));
}

/** Asks the person for leave to read the files again; must be called from a click. */
export async function mayRead(handles: readonly FileSystemHandle[]): Promise<boolean> {
  for (const handle of handles as readonly Permitted[]) {
    if ((await handle.requestPermission?.({ mode: 'read' })) !== 'granted') return false;
  }
  return true;
}
