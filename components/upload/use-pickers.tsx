'use client';

import { useRef, type ChangeEvent } from 'react';
import { sourcesOfHandles, sourcesOfInput, type Dropped } from './sources';

type DirectoryPicker = (options: { id: string; mode: 'read' }) => Promise<FileSystemDirectoryHandle>;

/** What the file inputs offer; the server decides by content, not by name. */
const accepted = '.png,.jpg,.jpeg,.webp,.bmp,.tif,.tiff,.csv,.jsonl,.npz,.npy,.parquet,image/*';

/**
 * Functions that open the browser's choosers, and the hidden inputs that some of them need. Where the browser gives lasting
 * handles, a chosen folder can be read again after a reload.
 */
export function usePickers(onPick: (picked: Dropped) => void, onError: (error: unknown) => void) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const zip = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onPick({ sources: sourcesOfInput(event.target.files ?? []), handles: [] });
    event.target.value = '';
  };
  const pickFolder = async () => {
    const choose = (window as { showDirectoryPicker?: DirectoryPicker }).showDirectoryPicker;
    if (choose === undefined) return folder.current?.click();
    try {
      const handle = await choose({ id: 'assay-images', mode: 'read' });
      onPick({ sources: await sourcesOfHandles([handle]), handles: [handle] });
    } catch (error) {
      // The person closed the chooser.
      if (!(error instanceof DOMException && error.name === 'AbortError')) onError(error);
    }
  };
  const inputs = (
    <>
      <input ref={files} type="file" multiple accept={accepted} hidden aria-label="Image files" data-testid="pick-files" onChange={take} />
      <input ref={folder} type="file" multiple hidden aria-label="Folder of images" data-testid="pick-folder" onChange={take} {...{ webkitdirectory: '' }} />
      <input ref={zip} type="file" accept=".zip" hidden aria-label="Zip archive" data-testid="pick-zip" onChange={take} />
    </>
  );
  return { inputs, pickFiles: () => files.current?.click(), pickFolder: () => void pickFolder(), pickZip: () => zip.current?.click() };
}
