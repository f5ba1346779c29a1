import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hubSourceSchema, modelWishesSchema, type HubSource, type ModelWishes, type Precision, type PresetName } from '@/lib/api/contracts/models';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { catalogueEntry } from '@/lib/inference/catalogue';
import { parseHubId } from '@/lib/inference/hub/address';
import { checkModel } from '@/lib/inference/node/check-model';
import { parseManifest } from '@/lib/inference/registry';
import { knownOf } from '@/lib/pipeline/models/download-model';
import { filesFromHub } from '@/lib/pipeline/models/files-from-hub';
import { filesFromDisk, type ModelFiles } from '@/lib/pipeline/models/model-files';
import { prepareModel, type PreparedModel } from '@/lib/pipeline/models/prepare-model';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';

export type SourceOptions = {
  output?: string;
  name?: string;
  licence?: string;
  preset?: PresetName;
  edge?: string;
  revision?: string;
  file?: string;
  precision?: Precision;
};

/** A network that was taken from somewhere and tried. */
export type TakenModel = {
  readonly files: ModelFiles;
  readonly prepared: PreparedModel;
  /** Removes what a download left, when the network is saved. */
  readonly finish: () => Promise<void>;
  /** Removes temporary copies. */
  readonly release: () => Promise<void>;
};

/**
 * Takes a network from where the person says and tries it. Only a repository or an entry of the catalogue asks the hub.
 * @throws AssayError `model.missing`, `model.invalid`, `model.shape`, `parameter.invalid`, and as `filesFromHub`
 */
export async function takeModel(source: string, manifest: string | undefined, options: SourceOptions): Promise<TakenModel> {
  if (manifest !== undefined) return withManifest(userPath(source), manifest);
  const wishes = wishesOf(options);
  const hub = await hubSource(source, options);
  if (hub === undefined) return fromDisk(userPath(source), wishes);
  const { files, folder } = await filesFromHub(env().hub, hub, { signal: stopSignal(), progress: stderrProgress() });
  const finish = (): Promise<void> => rm(folder, { recursive: true, force: true });
  return { files, prepared: await prepareModel(files, wishes, [], knownOf(hub)), finish, release: async () => undefined };
}

async function withCopies(take: (work: string) => Promise<Pick<TakenModel, 'files' | 'prepared'>>): Promise<TakenModel> {
  const work = await mkdtemp(path.join(tmpdir(), 'assay-model-'));
  const release = (): Promise<void> => rm(work, { recursive: true, force: true });
  try {
    return { ...(await take(work)), finish: async () => undefined, release };
  } catch (thrown) {
    await release();
    throw thrown;
  }
}

function fromDisk(given: string, wishes: ModelWishes): Promise<TakenModel> {
  return withCopies(async (work) => {
    const files = await filesFromDisk(given, work);
    return { files, prepared: await prepareModel(files, wishes, []) };
  });
}

/** The manifest says everything; nothing is proposed. */
function withManifest(given: string, manifestFile: string): Promise<TakenModel> {
  return withCopies(async (work) => {
    const text = await readFile(userPath(manifestFile), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw new AssayError('model.missing', `The file ${manifestFile} cannot be read (${cause.code}).`, { cause });
    });
    const stated = parseManifest(text, manifestFile);
    const files = await filesFromDisk(given, work);
    const weights = files.weights.map(({ name, sha256, bytes }) => ({ name, sha256, bytes }));
    const manifest = weights.length === 0 ? stated : { ...stated, weights };
    return { files, prepared: { manifest, report: await checkModel(files.onnx, manifest), proposals: [], onnx: files.onnx } };
  });
}

/** @throws AssayError `parameter.invalid` */
export function wishesOf({ output, name, licence, preset, edge }: SourceOptions): ModelWishes {
  const [tensor, pooling] = splitOutput(output);
  if (edge !== undefined && preset === undefined) throw new AssayError('parameter.invalid', '--edge belongs to --preset.');
  const parsed = modelWishesSchema.safeParse({
    name: name ?? null,
    licence: licence ?? null,
    preprocessing: preset === undefined ? null : { preset, edge: edge === undefined ? null : Number(edge) },
    output: tensor === undefined ? null : { name: tensor, pooling: pooling ?? null },
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AssayError('parameter.invalid', `${issue?.path.join('.')}: ${issue?.message}.`);
}

/** The names of tensors may hold colons themselves; only a pooling at the end is one. */
function splitOutput(output: string | undefined): [string | undefined, string | undefined] {
  const match = /^(.+):(none|cls|mean-tokens|mean-patches|mean-spatial|flatten)$/.exec(output ?? '');
  return match === null ? [output, undefined] : [match[1], match[2]];
}

/** What to ask the hub for, or undefined where the source is a file or folder of this machine. */
export async function hubSource(source: string, { revision, file, precision = 'fp32' }: SourceOptions): Promise<HubSource | undefined> {
  const chosen = { precision, ...(file === undefined ? {} : { file }) };
  if (source.startsWith('hf:')) {
    const asked = parseHubId(source);
    return hubSourceSchema.parse({ ...asked, ...(revision === undefined ? {} : { revision }), ...chosen });
  }
  const entry = catalogueEntry(source);
  if (entry === undefined || (await exists(userPath(source)))) return undefined;
  if (entry.hub === null) throw new AssayError('hub.not_found', `Of ${entry.name} no public ONNX file is known.`, { hint: `Export ${entry.exportFrom} with Optimum and add the folder.` });
  const known = entry.hub.files[precision];
  if (known === undefined && file === undefined) throw new AssayError('hub.not_found', `The catalogue has ${entry.name} in ${Object.keys(entry.hub.files).join(', ')}, not in ${precision}.`);
  return hubSourceSchema.parse({ repo: entry.hub.repo, revision: revision ?? entry.hub.revision, file: file ?? known?.path, textFile: entry.hub.textFiles?.[precision]?.path, precision, catalogueId: entry.id });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
