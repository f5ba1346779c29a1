import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { textTowerConfigSchema } from '@/lib/api/contracts/image-text';
import { precisions, presetNames } from '@/lib/api/contracts/models';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { ensureBuiltInPair } from '@/lib/pipeline/built-in-pair';
import { addPair, type PairRequest } from '@/lib/pipeline/models/add-pair';
import { knownOf } from '@/lib/pipeline/models/download-model';
import { pairFromHub } from '@/lib/pipeline/models/files-from-hub';
import { pairFromDisk, type PairFiles } from '@/lib/pipeline/models/pair-files';
import { removePair } from '@/lib/pipeline/models/remove-pair';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { removeUnusedBlobs } from '@/lib/store/unused-blobs';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';
import { hubSource, wishesOf, type SourceOptions } from './model-source';

type AddOptions = SourceOptions & { demonstration?: true; logitScale?: string; logitBias?: string };

/** `assay models pairs`: networks whose image embeddings can be compared with texts. */
export function registerPairs(models: Command): void {
  const pairs = models.command('pairs').description('image-text pairs, for choosing prompts (docs/model-library.md)');
  pairs.command('list').description('image-text pairs of the library').action(list);
  pairs
    .command('add <source>')
    .description("try both towers of a pair and add it: a folder in Hugging Face's layout, hf:owner/repository, or an id of the catalogue")
    .option('--name <NAME>', 'name in the library')
    .option('--licence <LICENCE>', 'licence, where it is not known')
    .option('--demonstration', 'mark it as made to show how prompts are chosen')
    .option('--logit-scale <NUMBER>', 'factor of the cosine, where config.json does not say it')
    .option('--logit-bias <NUMBER>', 'bias of a pair with a sigmoid (SigLIP)')
    .option('--output <NAME[:POOLING]>', "output of the image tower that is the image's embedding")
    .addOption(new Option('--preset <PRESET>', 'how images are prepared').choices(presetNames))
    .option('--edge <PIXELS>', 'side of the input, for --preset with a network that takes any')
    .option('--revision <REVISION>', 'branch, tag or commit of a repository')
    .addOption(new Option('--precision <PRECISION>', 'files of a repository to take').choices(precisions))
    .action(add);
  pairs.command('remove <name>').description('remove a pair; its image tower stays where feature sets were made with it').action(remove);
}

async function list(): Promise<void> {
  await withDatabase('npm run assay -- models pairs list', async () => {
    await ensureBuiltInPair({ store: store(), blobs: blobStore() });
    for (const { name, dim, config, textSha256, isDemonstration } of await store().textTower.findMany({ orderBy: { name: 'asc' } })) {
      const { kind, logitScale, logitBias, headSource, contextLength } = textTowerConfigSchema.parse(config);
      const bias = logitBias === null ? '' : `, bias ${logitBias}`;
      process.stdout.write(`${name}\t${dim} values\t${contextLength} tokens\t${kind}, logit scale ${logitScale.toPrecision(4)}${bias} (${headSource})\t${textSha256}${isDemonstration ? '\tdemonstration' : ''}\n`);
    }
  });
}

async function add(source: string, options: AddOptions): Promise<void> {
  // Before anything is stored.
  const request: PairRequest = {
    wishes: wishesOf(options),
    head: { logitScale: numberOf('--logit-scale', options.logitScale), logitBias: numberOf('--logit-bias', options.logitBias) },
    isDemonstration: options.demonstration ?? false,
  };
  await withDatabase('npm run assay -- models pairs add', async () => {
    const { files, known, finish, release } = await takePair(source, options);
    try {
      const tower = await addPair(files, { ...request, known }, { store: store(), blobs: blobStore() });
      await finish();
      process.stdout.write(`registered ${tower.name}: ${tower.dim} values per image and per text\n`);
    } finally {
      await release();
    }
  });
}

type TakenPair = {
  readonly files: PairFiles;
  readonly known: PairRequest['known'];
  /** Removes what a download left, when the pair is saved. */
  readonly finish: () => Promise<void>;
  /** Removes temporary copies. */
  readonly release: () => Promise<void>;
};

/** Both towers from where the person says. */
async function takePair(source: string, options: AddOptions): Promise<TakenPair> {
  const hub = await hubSource(source, options);
  if (hub !== undefined) {
    const { files, folder } = await pairFromHub(env().hub, hub, { signal: stopSignal(), progress: stderrProgress() });
    return { files, known: knownOf(hub), finish: () => rm(folder, { recursive: true, force: true }), release: async () => undefined };
  }
  const work = await mkdtemp(path.join(tmpdir(), 'assay-pair-'));
  const release = (): Promise<void> => rm(work, { recursive: true, force: true });
  try {
    return { files: await pairFromDisk(userPath(source), work), known: undefined, finish: async () => undefined, release };
  } catch (thrown) {
    await release();
    throw thrown;
  }
}

function numberOf(flag: string, given: string | undefined): number | null {
  if (given === undefined) return null;
  const value = Number(given);
  if (given.trim() !== '' && Number.isFinite(value)) return value;
  throw new AssayError('parameter.invalid', `${flag} is a number, not "${given}".`);
}

async function remove(name: string): Promise<void> {
  await withDatabase('npm run assay -- models pairs remove', async () => {
    const { files, imageTowerStays } = await store().$transaction((transaction) => removePair(transaction, name));
    await removeUnusedBlobs(store(), blobStore(), files);
    process.stdout.write(`removed ${name}${imageTowerStays ? '; its image tower stays, because feature sets were made with it' : ''}\n`);
  });
}
