import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { precisions, presetNames } from '@/lib/api/contracts/models';
import { env } from '@/lib/env';
import { catalogue } from '@/lib/inference/catalogue';
import type { OutputProposal } from '@/lib/inference/node/propose-outputs';
import { defaultModelId } from '@/lib/inference/registry';
import { embeddedModelFiles } from '@/lib/inference/scattering/embedded-model';
import { builtInFolder, ensureBuiltInModels } from '@/lib/pipeline/built-in-models';
import { saveModel } from '@/lib/pipeline/models/save-model';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { deleteModel } from '@/lib/store/models';
import { removeUnusedBlobs } from '@/lib/store/unused-blobs';
import { networksOnly } from '@/lib/store/vectors/given-values';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';
import { registerDiffusion } from './diffusion-models';
import { registerPairs } from './model-pairs';
import { takeModel, type SourceOptions, type TakenModel } from './model-source';

/** `assay models`: the library of networks that turn images into vectors. */
export function register(program: Command): void {
  const models = program.command('models').description('list, check, add and remove extractors (ONNX networks)');
  models.command('list').description('registered extractors').option('--catalogue', 'public networks that can be added by their id instead').action(list);
  withSource(models.command('check')).description('try a network, show which outputs could serve as features; nothing is stored').action(check);
  withSource(models.command('add')).description('try a network and add it to the library').action(add);
  models
    .command('build-embedded [folder]')
    .description('write the embedded extractor as ONNX with its manifest; gives the committed files bit for bit')
    .action(buildEmbedded);
  registerDiffusion(models);
  registerPairs(models);
  models.command('remove <name>').description('remove an extractor that no feature set was made with').action(remove);
}

function withSource(command: Command): Command {
  return command
    .argument('<source>', 'an ONNX file, a folder that holds one, hf:owner/repository of the hub (ASSAY_HUB_URL), or an id of the catalogue')
    .argument('[manifest]', 'of an ONNX file: JSON that says how images go in and what comes out; without it the files beside the network, the catalogue or --preset say')
    .option('--output <NAME[:POOLING]>', 'output or inner tensor to take, and how; without it the best proposal')
    .option('--name <NAME>', 'name in the library')
    .option('--licence <LICENCE>', 'licence, where it is not known')
    .addOption(new Option('--preset <PRESET>', 'how images are prepared').choices(presetNames))
    .option('--edge <PIXELS>', 'side of the input, for --preset with a network that takes any')
    .option('--revision <REVISION>', 'branch, tag or commit of a repository')
    .option('--file <PATH>', 'ONNX file within a repository')
    .addOption(new Option('--precision <PRECISION>', 'file of a repository to take').choices(precisions));
}

async function list({ catalogue: known }: { catalogue?: true }): Promise<void> {
  if (known === true) return listCatalogue();
  await withDatabase('npm run assay -- models list', async () => {
    await ensureBuiltInModels({ store: store(), blobs: blobStore() });
    for (const model of await store().model.findMany({ where: networksOnly, orderBy: [{ builtIn: 'desc' }, { name: 'asc' }] })) {
      process.stdout.write(`${model.name}\t${model.dim} values\t${Number(model.bytes)} bytes\t${model.sha256}${model.builtIn ? '\tbuilt in' : ''}\n`);
    }
  });
}

function listCatalogue(): void {
  process.stdout.write(`# from ${env().hub.baseUrl}; nothing is downloaded before you add it\n`);
  for (const { id, name, hub, licence, parameters, input, output } of catalogue) {
    const files = hub === null ? 'no public ONNX file' : `${hub.repo} (${Object.entries(hub.files).map(([precision, { megabytes }]) => `${precision} ${megabytes} MB`).join(', ')})`;
    process.stdout.write(`${id}\t${name}\t${licence.name}\t${(parameters.count / 1e6).toFixed(1)} M weights\t${input.edge} px\t${output.dim} values\t${files}\n`);
  }
}

async function check(source: string, manifest: string | undefined, options: SourceOptions): Promise<void> {
  const taken = await takeModel(source, manifest, options);
  try {
    listProposals(taken.prepared.proposals);
    const { dim, fingerprintHash } = taken.prepared.report;
    process.stdout.write(`fits: ${dim} values per image${outputWords(taken)}, fingerprint ${fingerprintHash}\n`);
  } finally {
    await taken.release();
  }
}

async function add(source: string, manifest: string | undefined, options: SourceOptions): Promise<void> {
  // Before anything is stored.
  const taken = await takeModel(source, manifest, options);
  try {
    await withDatabase('npm run assay -- models add', async () => {
      const stores = { store: store(), blobs: blobStore() };
      await ensureBuiltInModels(stores);
      const { name, dim } = await saveModel(taken.files, taken.prepared, stores);
      process.stdout.write(`registered ${String(name)}: ${String(dim)} values per image${outputWords(taken)}\n`);
    });
    await taken.finish();
  } finally {
    await taken.release();
  }
}

/** What was chosen, where it was not the manifest that said it. */
function outputWords({ prepared: { proposals, manifest } }: TakenModel): string {
  return proposals.length === 0 ? '' : ` from ${manifest.output.name}:${manifest.output.pooling}`;
}

function listProposals(proposals: readonly OutputProposal[]): void {
  for (const { output, dim, reason, inner, difference, refusal } of proposals) {
    const verdict = refusal === null ? `usable, images differ by ${difference.toPrecision(2)}` : `not usable: ${refusal}`;
    process.stdout.write(`${output.name}:${output.pooling}\t${dim} values\t${reason}${inner ? ', inside the graph' : ''}\t${verdict}\n`);
  }
}

async function buildEmbedded(folder = path.join(builtInFolder, defaultModelId)): Promise<void> {
  const target = userPath(folder);
  await mkdir(target, { recursive: true });
  for (const [name, bytes] of Object.entries(embeddedModelFiles())) {
    await writeFile(path.join(target, name), bytes);
    process.stdout.write(`${path.join(target, name)}  ${bytes.length} bytes\n`);
  }
}

async function remove(name: string): Promise<void> {
  await withDatabase('npm run assay -- models remove', async () => {
    const { files } = await store().$transaction((transaction) => deleteModel(transaction, { name }));
    await removeUnusedBlobs(store(), blobStore(), files);
    process.stdout.write(`removed ${name}\n`);
  });
}
