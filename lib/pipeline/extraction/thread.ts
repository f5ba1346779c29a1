import { workerData } from 'piscina';
import { preprocessSpec, type ModelManifest, type PatchSpec } from '@/lib/inference/manifest';
import { openEmbedder } from '@/lib/inference/node/extractor';
import { openPatchNetwork, type PatchProjection } from '@/lib/inference/node/patch-network';
import { createPreprocessor } from '@/lib/inference/preprocess/preprocess';
import { embedFiles, type EmbeddedFiles, type FileEmbedder } from './embed-files';

/** Which patches are read from a network, and how they are made smaller. */
export type PatchTask = { readonly spec: PatchSpec; readonly projection: PatchProjection };

/** What a thread is started with. */
export type ThreadSetting = {
  readonly manifest: ModelManifest;
  /** The ONNX file, shared by all threads, or its path; null: only decode and prepare. */
  readonly model: SharedArrayBuffer | string | null;
  /** Where given, files are turned into their patches instead of one vector. */
  readonly patches?: PatchTask | undefined;
};

async function open({ manifest, model, patches }: ThreadSetting): Promise<FileEmbedder> {
  if (model === null) {
    const preprocessor = createPreprocessor(preprocessSpec(manifest));
    return {
      prepare(image) {
        const input = new Float32Array(preprocessor.length);
        preprocessor.run(image, input);
        return input;
      },
    };
  }
  // The runtime reads no shared memory.
  const source = typeof model === 'string' ? model : new Uint8Array(model).slice();
  const network = patches === undefined ? await openEmbedder(source, manifest, { threads: 1 }) : await openPatchNetwork(source, manifest, patches.spec, patches.projection, { threads: 1 });
  return { prepare: network.prepare, embed: network.embedPrepared };
}

let embedder: Promise<FileEmbedder> | undefined;

/** The program of an extraction thread: some files at a time, by a network that stays open as long as the thread. */
export default async function embedInThread(files: readonly Uint8Array[]): Promise<EmbeddedFiles> {
  embedder ??= open(workerData as ThreadSetting);
  return embedFiles(await embedder, files);
}
