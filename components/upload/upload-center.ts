import { closeUpload, openUpload } from '@/app/actions/uploads';
import { callAction, getJson, sendBody, urlOf } from '@/lib/api/client';
import { routes } from '@/lib/api/contracts/routes';
import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import { tellKept } from '../private/held-events';
import { UploadEngine } from './engine';
import type { UploadDoors } from './engine-types';
import { hashFile } from './hash-pool';
import { prepareImage, prepareMask } from './keep-pool';
import { privateDoors, privateWorld } from './private-doors';
import { sendFile } from './send-file';

type FileDoors = Pick<UploadDoors, 'announce' | 'put'> & { readonly isPrivate: boolean };

/**
 * The doors of a project. Whether its images may leave this browser is asked of the server, once and before the first file
 * is announced: nothing that a page happens to know decides it.
 */
function doorsOf(projectId: string): UploadDoors {
  let chosen: Promise<FileDoors> | undefined;
  const fileDoors = (): Promise<FileDoors> => {
    chosen ??= chooseDoors(projectId).catch((error: unknown) => {
      chosen = undefined;
      throw error;
    });
    return chosen;
  };
  return {
    open: async () => (await callAction(openUpload, { projectId })).id,
    close: async (uploadId) => void (await callAction(closeUpload, { projectId, uploadId })),
    hash: hashFile,
    announce: async (...call) => (await fileDoors()).announce(...call),
    put: async (...call) => (await fileDoors()).put(...call),
    expand: async (file, path) => {
      if (!(await fileDoors()).isPrivate) return null;
      const { unpackZip } = await import('./unpack-zip');
      return unpackZip(file, path);
    },
    putWhole: async (uploadId, { kind, path, file }, onSent, signal) => {
      const params = { projectId, uploadId };
      // The names in a table are relative to the folder that it lies in.
      const url = kind === 'archive' ? urlOf(routes.putArchive, { params, query: { name: file.name } }) : urlOf(routes.putMetadata, { params, query: { name: path } });
      await sendFile<unknown>(url, file, onSent, signal);
    },
  };
}

async function chooseDoors(projectId: string): Promise<FileDoors> {
  const { isPrivate } = await getJson(routes.projectOverview, { params: { projectId } });
  const doors = serverDoors(projectId);
  if (!isPrivate) return { ...doors, isPrivate };
  return { ...privateDoors(doors, privateWorld(projectId, { prepareImage, prepareMask }, (sampleId) => tellKept(projectId, sampleId))), isPrivate };
}

function serverDoors(projectId: string): Pick<UploadDoors, 'announce' | 'put'> {
  return {
    announce: async (uploadId, files, signal) => (await sendBody(routes.announceFiles, { params: { projectId, uploadId }, body: { files }, signal })).files,
    put: (uploadId, fileId, file, onSent, signal) => sendFile<AnnouncedFile>(urlOf(routes.putFile, { params: { projectId, uploadId, fileId } }), file, onSent, signal),
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
