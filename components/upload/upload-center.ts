import { closeUpload, openUpload } from '@/app/actions/uploads';
import { callAction, getJson, sendBody, urlOf } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import { askToPersist } from '@/lib/browser-store/private-images';
import { tellKept } from '../private/held-events';
import { bringInDoors, localUpload } from './bring-in-doors';
import { UploadEngine } from './engine';
import type { UploadDoors } from './engine-types';
import { engineOf, keepEngine } from './engines';
import { hashFile } from './hash-pool';
import { prepareImage, prepareMask } from './keep-pool';
import { privateDoors, privateWorld } from './private-doors';
import { sendFile } from './send-file';

type ChosenDoors = Omit<UploadDoors, 'hash' | 'wait' | 'expand'> & { readonly isPrivate: boolean };

/**
 * The doors of a project. Whether its images may leave this browser is asked of the server, once and before anything is
 * opened: nothing that a page happens to know decides it.
 */
function doorsOf(projectId: string): UploadDoors {
  let asked: Promise<ChosenDoors> | undefined;
  const chosen = (): Promise<ChosenDoors> => {
    asked ??= chooseDoors(projectId).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
  return {
    hash: hashFile,
    open: async () => (await chosen()).open(),
    close: async (uploadId) => (await chosen()).close(uploadId),
    announce: async (...call) => (await chosen()).announce(...call),
    put: async (...call) => (await chosen()).put(...call),
    putWhole: async (...call) => (await chosen()).putWhole(...call),
    expand: async (file, path) => {
      if (!(await chosen()).isPrivate) return null;
      const { unpackZip } = await import('./unpack-zip');
      return unpackZip(file, path);
    },
  };
}

async function chooseDoors(projectId: string): Promise<ChosenDoors> {
  const { isPrivate, role } = await getJson(addresses.projectOverview, { params: { projectId } });
  const doors = serverDoors(projectId);
  if (!isPrivate) return { ...doors, isPrivate };
  // Without the promise the images are kept all the same, as long as the disk has room; the settings say so.
  void askToPersist().catch(() => undefined);
  const world = privateWorld(projectId, { prepareImage, prepareMask }, tellKept);
  if (role === 'lead') return { ...doors, ...privateDoors(doors, world), isPrivate };
  const bringIn = bringInDoors(async (hashes, signal) => (await sendBody(addresses.samplesByHash, { params: { projectId }, body: { hashes }, signal })).samples);
  return {
    ...privateDoors(bringIn, { ...world, tell: bringIn.tell, sendsThumbnails: () => Promise.resolve(false) }),
    isPrivate,
    open: () => Promise.resolve(localUpload),
    close: () => Promise.resolve(),
    // What a table says of the images the project knows already.
    putWhole: () => Promise.resolve(),
  };
}

function serverDoors(projectId: string): Omit<ChosenDoors, 'isPrivate'> {
  return {
    open: async () => (await callAction(openUpload, { projectId })).id,
    close: async (uploadId) => void (await callAction(closeUpload, { projectId, uploadId })),
    announce: async (uploadId, files, signal) => (await sendBody(addresses.announceFiles, { params: { projectId, uploadId }, body: { files }, signal })).files,
    put: (uploadId, fileId, file, onSent, signal) => sendFile<AnnouncedFile>(urlOf(addresses.putFile, { params: { projectId, uploadId, fileId } }), file, onSent, signal),
    putWhole: async (uploadId, { kind, path, file }, onSent, signal) => {
      const params = { projectId, uploadId };
      // The names in a table are relative to the folder that it lies in.
      const url = kind === 'archive' ? urlOf(addresses.putArchive, { params, query: { name: file.name } }) : urlOf(addresses.putMetadata, { params, query: { name: path } });
      await sendFile<unknown>(url, file, onSent, signal);
    },
  };
}

/** The upload of a project in this tab. It goes on while the person looks at other pages. */
export function uploadEngineOf(projectId: string): UploadEngine {
  const known = engineOf(projectId);
  if (known !== null) return known;
  const engine = new UploadEngine(doorsOf(projectId));
  keepEngine(projectId, engine);
  return engine;
}
