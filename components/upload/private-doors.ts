import { getJson, sendBody } from '@/lib/api/client';
import type { KeptFile, KeptFileInput } from '@/lib/api/contracts/private';
import { addresses } from '@/lib/api/contracts/addresses';
import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import { keepImage, keepMask, readImage } from '@/lib/browser-store/private-images';
import { AssayError, toAssayError } from '@/lib/errors';
import type { ImageToKeep, MaskToKeep } from '@/lib/inference/web/decode/keep-image';
import { isMaskPath } from '@/lib/ingest/layout';
import type { UploadDoors } from './engine-types';
import { thumbnailText } from './thumbnail-text';

/** The parts of the world that tests replace. */
export type PrivateWorld = {
  readonly prepareImage: (file: File) => Promise<ImageToKeep>;
  readonly prepareMask: (file: File) => Promise<MaskToKeep>;
  /** The server's answer to what was found out of a file. */
  readonly tell: (uploadId: string, fileId: string, input: KeptFileInput, signal: AbortSignal) => Promise<KeptFile>;
  readonly sendsThumbnails: () => Promise<boolean>;
  readonly isHeld: (sampleId: string, variant: 'original' | 'mask') => Promise<boolean>;
  readonly keepImage: (sampleId: string, file: File, made: ImageToKeep) => Promise<void>;
  readonly keepMask: (sampleId: string, made: MaskToKeep) => Promise<void>;
};

type Base = Pick<UploadDoors, 'announce'>;
type Answer = Pick<AnnouncedFile, 'path' | 'sampleId'>;

/**
 * The doors of a project whose images stay in this browser: files are hashed and announced as everywhere, then decoded
 * here; the server learns size, format and hash, answers the sample's id, and under that the bytes are kept. An image that
 * the server knows and this browser lacks is taken in as well: a folder dropped again heals whatever was interrupted.
 */
export function privateDoors(base: Base, world: PrivateWorld): Pick<UploadDoors, 'announce' | 'put'> {
  /** What the server said of files whose bytes are wanted here. */
  const answers = new Map<string, Answer>();
  let sendsThumbnails = false;

  const lacksBytes = async ({ state, sampleId, path }: AnnouncedFile): Promise<boolean> => {
    if (sampleId === null || (state !== 'stored' && state !== 'duplicate')) return false;
    return !(await world.isHeld(sampleId, isMaskPath(path) ? 'mask' : 'original'));
  };

  return {
    async announce(uploadId, files, signal) {
      sendsThumbnails = await world.sendsThumbnails();
      const announced = await base.announce(uploadId, files, signal);
      return Promise.all(announced.map(async (file) => {
        const answer = (await lacksBytes(file)) ? { ...file, wanted: true } : file;
        if (answer.wanted) answers.set(answer.id, { path: answer.path, sampleId: answer.sampleId });
        return answer;
      }));
    },

    async put(uploadId, fileId, file, onSent, signal, isLast) {
      const answer = answers.get(fileId);
      if (answer === undefined) throw new AssayError('internal', 'A file was to be kept that was not announced.');
      const isMask = isMaskPath(answer.path);
      let made: ImageToKeep | MaskToKeep;
      try {
        made = isMask ? await world.prepareMask(file) : await world.prepareImage(file);
      } catch (error) {
        return world.tell(uploadId, fileId, refusalOf(error), signal);
      }
      signal.throwIfAborted();
      const told = await registered(made);
      if (told.sampleId !== null && told.state !== 'refused') {
        if ('mask' in made) await world.keepMask(told.sampleId, made);
        else await world.keepImage(told.sampleId, file, made);
        answers.delete(fileId);
        onSent(file.size);
      }
      return told;

      /** What the server answers, or has answered before the bytes were lost. */
      async function registered(found: ImageToKeep | MaskToKeep): Promise<AnnouncedFile> {
        if (answer!.sampleId !== null) return { id: fileId, path: answer!.path, state: 'stored', wanted: false, errorCode: null, errorMessage: null, sampleId: answer!.sampleId };
        const kept = await world.tell(uploadId, fileId, await foundOf(found, sendsThumbnails), signal);
        return kept.as === 'waiting' && isLast ? world.tell(uploadId, fileId, unmatched, signal) : kept;
      }
    },
  };
}

const unmatched: KeptFileInput = { outcome: 'refused', code: 'mask.unmatched', message: 'There is no image that this mask belongs to. A mask ground_truth/crack/001_mask.png belongs to test/crack/001.png.' };

async function foundOf(made: ImageToKeep | MaskToKeep, sendsThumbnails: boolean): Promise<KeptFileInput> {
  const { width, height, format } = made;
  if ('mask' in made) return { outcome: 'kept', width, height, format, pages: 1, thumbnail: null, maskSha256: made.sha256 };
  return { outcome: 'kept', width, height, format, pages: made.pages, thumbnail: sendsThumbnails ? await thumbnailText(made.thumbnail) : null };
}

/** Why this browser cannot use a file, for the list of problems; a failure of the machine is thrown on. */
function refusalOf(thrown: unknown): KeptFileInput {
  const error = toAssayError(thrown);
  if (!error.code.startsWith('image.')) throw thrown;
  const message = [error.message, error.hint].filter((part) => part !== undefined).join(' ').slice(0, 500);
  return { outcome: 'refused', code: error.code, message };
}

/** The world of a project in this browser. */
export function privateWorld(projectId: string, prepare: Pick<PrivateWorld, 'prepareImage' | 'prepareMask'>, onKept: (sampleId: string) => void): PrivateWorld {
  return {
    ...prepare,
    tell: (uploadId, fileId, body, signal) => sendBody(addresses.keepFile, { params: { projectId, uploadId, fileId }, body, signal }),
    sendsThumbnails: async () => (await getJson(addresses.projectOverview, { params: { projectId } })).sendsThumbnails,
    isHeld: async (sampleId, variant) => (await readImage(projectId, sampleId, variant)) !== null,
    async keepImage(sampleId, original, { thumbnail, view }) {
      await keepImage(projectId, sampleId, { original, thumbnail, view });
      onKept(sampleId);
    },
    async keepMask(sampleId, { mask }) {
      await keepMask(projectId, sampleId, mask);
      onKept(sampleId);
    },
  };
}
