import { localUpload } from './bring-in-doors';
import type { UploadEngine } from './engine';
import { keepHandles } from './kept-handles';
import type { Dropped } from './sources';

/** What is said of a drop or a choice that held nothing. */
export const noFile = () => new Error('There was no file in what you chose.');

/**
 * Sends what was dropped or chosen.
 * @param interruptedId the upload that it goes on with, which a reload cut
 */
export function addDropped(engine: UploadEngine, { sources, handles }: Dropped, interruptedId?: string): void {
  engine.add(sources, interruptedId);
  if (handles.length > 0) remember(engine, handles);
}

/** Handles are kept under the id of the upload, which is known once it is open. */
function remember(engine: UploadEngine, handles: FileSystemHandle[]): void {
  const stop = engine.subscribe(() => {
    const { uploadId } = engine.getSnapshot();
    if (uploadId === null) return;
    stop();
    if (uploadId === localUpload) return;
    // Without kept handles a reload asks for the folder again; nothing else is lost.
    keepHandles(uploadId, handles).catch(() => undefined);
  });
}
