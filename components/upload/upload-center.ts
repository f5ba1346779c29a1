import { closeUpload, openUpload } from '@/app/actions/uploads';
import { callAction, sendBody, urlOf } from '@/lib/api/client';
import { routes } from '@/lib/api/contracts/routes';
import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import { UploadEngine } from './engine';
import type { UploadDoors } from './engine-types';
import { hashFile } from './hash-pool';
import { sendFile } from './send-file';

function doorsOf(projectId: string): UploadDoors {
  return {
    open: async () => (await callAction(openUpload, { projectId })).id,
    close: async (uploadId) => void (await callAction(closeUpload, { projectId, uploadId })),
    hash: hashFile,
    announce: async (uploadId, files, signal) => (await sendBody(routes.announceFiles, { params: { projectId, uploadId }, body: { files }, signal })).files,
    put: (uploadId, fileId, file, onSent, signal) => sendFile<AnnouncedFile>(urlOf(routes.putFile, { params: { projectId, uploadId, fileId } }), file, onSent, signal),
    putWhole: async (uploadId, { kind, path, file }, onSent, signal) => {
      const params = { projectId, uploadId };
      // The names in a table are relative to the folder that it lies in.
      const url = kind === 'archive' ? urlOf(routes.putArchive, { params, query: { name: file.name } }) : urlOf(routes.putMetadata, { params, query: { name: path } });
      await sendFile<unknown>(url, file, onSent, signal);
    },
  };
}

const engines = new Map<string, UploadEngine>();

/** The upload of a project in this tab. It goes on while the person looks at other pages. */
export function uploadEngineOf(projectId: string): UploadEngine {
  const known = engines.get(projectId);
  if (known !== undefined) return known;
  const engine = new UploadEngine(doorsOf(projectId));
  engines.set(projectId, engine);
  return engine;
}
