import type { KeptFile } from '@/lib/api/contracts/private';
import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import { isMaskPath, samplePathsOfMask } from '@/lib/ingest/layout';
import type { UploadDoors } from './engine-types';
import type { PrivateWorld } from './private-doors';

/** In the place of an upload's id where nothing is added to the project. */
export const localUpload = 'local';

type FindSamples = (hashes: string[], signal: AbortSignal) => Promise<readonly { readonly sha256: string; readonly sampleId: string }[]>;

/**
 * Announces files for members who may add none: images of the project are recognised by their hash and wanted where this
 * browser lacks them, others are refused, and nothing is written on the server. Masks go by their paths.
 */
export function bringInDoors(find: FindSamples): Pick<UploadDoors, 'announce'> & Pick<PrivateWorld, 'tell'> {
  /** Samples of this drop by the path of their image. */
  const samples = new Map<string, string>();
  return {
    async announce(_, files, signal) {
      const images = files.filter(({ path }) => !isMaskPath(path));
      const found = images.length === 0 ? [] : await find([...new Set(images.map(({ sha256 }) => sha256))], signal);
      const byHash = new Map(found.map(({ sha256, sampleId }) => [sha256, sampleId]));
      return files.map(({ path, sha256 }) => {
        if (isMaskPath(path)) return answer(path, { state: 'expected', wanted: true });
        const sampleId = byHash.get(sha256);
        if (sampleId === undefined) return answer(path, { state: 'refused', errorCode: 'request.forbidden', errorMessage: 'This file is no image of the project. Leads of the project add new ones.' });
        samples.set(path, sampleId);
        return answer(path, { state: 'duplicate', sampleId });
      });
    },

    tell(_, path, input) {
      const as = isMaskPath(path) ? 'mask' : 'image';
      if (input.outcome === 'refused') return Promise.resolve({ ...answer(path, { state: 'refused', errorCode: input.code, errorMessage: input.message }), as } satisfies KeptFile);
      const sampleId = samplePathsOfMask(path).map((place) => samples.get(place)).find((id) => id !== undefined);
      if (sampleId === undefined) return Promise.resolve({ ...answer(path, { state: 'expected', wanted: true }), as: 'waiting' } satisfies KeptFile);
      return Promise.resolve({ ...answer(path, { state: 'stored', sampleId }), as } satisfies KeptFile);
    },
  };
}

function answer(path: string, change: Partial<AnnouncedFile>): AnnouncedFile {
  return { id: path, path, state: 'stored', wanted: false, errorCode: null, errorMessage: null, sampleId: null, ...change };
}
