import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { AssayError } from '@/lib/errors';
import { checkModel } from '@/lib/inference/node/check-model';
import { defaultModelId, parseManifest } from '@/lib/inference/registry';
import { embeddedModelFiles } from '@/lib/inference/scattering/embedded-model';
import { builtInFolder, ensureBuiltInModels } from '@/lib/pipeline/built-in-models';
import { registerModel } from '@/lib/pipeline/register-model';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { networksOnly } from '@/lib/store/vectors/given-values';
import { deleteModel } from '@/lib/store/models';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';

/** `assay models`: lists, checks, adds and removes the networks that turn images into vectors. */
export function register(program: Command): void {
  const models = program.command('models').description('list, check, add and remove extractors (ONNX files with a manifest)');
  models.command('list').description('registered extractors').action(list);
  models
    .command('check <onnx> <manifest>')
    .description('try an ONNX file with its manifest (JSON); nothing is stored')
    .action(check);
  models
    .command('add <onnx> <manifest>')
    .description('check an ONNX file with its manifest and register it')
    .action(add);
  models
    .command('build-embedded [folder]')
    .description('write the embedded extractor as ONNX with its manifest; gives the committed files bit for bit')
    .action(buildEmbedded);
  models.command('remove <name>').description('remove an extractor that no feature set was made with').action(remove);
}

async function list(): Promise<void> {
  await withDatabase('npm run assay -- models list', async () => {
    await ensureBuiltInModels({ store: store(), blobs: blobStore() });
    for (const model of await store().model.findMany({ where: networksOnly, orderBy: [{ builtIn: 'desc' }, { name: 'asc' }] })) {
      process.stdout.write(`${model.name}\t${model.dim} values\t${Number(model.bytes)} bytes\t${model.sha256}${model.builtIn ? '\tbuilt in' : ''}\n`);
    }
  });
}

async function check(onnx: string, manifestFile: string): Promise<void> {
  const { dim, fingerprintHash } = await checkModel(userPath(onnx), await readManifest(manifestFile));
  process.stdout.write(`fits: ${dim} values per image, fingerprint ${fingerprintHash}\n`);
}

async function add(onnx: string, manifestFile: string): Promise<void> {
  const manifest = await readManifest(manifestFile);
  const bytes = await readGiven(onnx);
  // Before anything is stored: registering tries the model too, but from the blob store.
  await checkModel(bytes, manifest);
  await withDatabase('npm run assay -- models add', async () => {
    const stores = { store: store(), blobs: blobStore(), progress: () => undefined };
    await ensureBuiltInModels(stores);
    const { dim } = await registerModel({ sha256: await stores.blobs.put(bytes), bytes: bytes.length, manifest }, stores);
    process.stdout.write(`registered ${manifest.name}: ${String(dim)} values per image\n`);
  });
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
    await store().$transaction((transaction) => deleteModel(transaction, { name }));
    process.stdout.write(`removed ${name}\n`);
  });
}

async function readManifest(file: string) {
  return parseManifest((await readGiven(file)).toString('utf8'), file);
}

async function readGiven(file: string): Promise<Buffer> {
  return readFile(userPath(file)).catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('model.missing', `The file ${file} cannot be read (${cause.code}).`, { cause });
  });
}
