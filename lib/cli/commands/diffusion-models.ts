import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { describeCatalogued, diffusionCatalogue } from '@/lib/inference/diffusion/catalogue';
import { addDiffusionModel, removeDiffusionModel } from '@/lib/pipeline/models/diffusion-models';
import { smallDiffusion } from '@/lib/pipeline/models/small-diffusion';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { requireWritable, writeFailure } from '../output-file';
import { userPath } from '../user-path';
import { withDatabase } from '../with-database';

/** `assay models diffusion`: networks that predict noise, for DiffStyle. */
export function registerDiffusion(models: Command): void {
  const diffusion = models.command('diffusion').description('networks that predict noise, for DiffStyle (docs/diffstyle.md)');
  diffusion.command('list').description('diffusion networks of the library').option('--catalogue', 'public ones that serve once they are exported').action(list);
  diffusion
    .command('add <path>')
    .description('try a diffusion network (an ONNX file, or a folder that holds one) and add it to the library')
    .option('--name <NAME>', 'name in the library (default: that of the file)')
    .action(add);
  diffusion.command('remove <name>').description('remove a diffusion network that no batch was made with').action(remove);
  diffusion.command('build-small <file>').description('write a tiny diffusion network of the demo products, to try DiffStyle out; good for nothing else').action(buildSmall);
}

async function list({ catalogue = false }: { catalogue?: boolean }): Promise<void> {
  if (catalogue) {
    process.stdout.write(`${diffusionCatalogue.map(describeCatalogued).join('\n')}\nTo export one: docs/diffstyle.md\n`);
    return;
  }
  await withDatabase('npm run assay -- models diffusion list', async () => {
    for (const { name, width, height, bytes, sha256 } of await store().diffusionModel.findMany({ orderBy: { name: 'asc' } })) {
      process.stdout.write(`${name}\t${width} x ${height} px\t${Number(bytes)} bytes\t${sha256}\n`);
    }
  });
}

async function add(given: string, { name }: { name?: string }): Promise<void> {
  const file = userPath(given);
  await withDatabase('npm run assay -- models diffusion add', async () => {
    const model = await addDiffusionModel({ given: file, name: name ?? path.basename(file, '.onnx') }, { store: store(), blobs: blobStore() });
    process.stdout.write(`registered ${model.name}: images of ${model.width} x ${model.height} px\n`);
  });
}

async function remove(name: string): Promise<void> {
  await withDatabase('npm run assay -- models diffusion remove', async () => {
    await removeDiffusionModel(name, { store: store() });
    process.stdout.write(`removed ${name}\n`);
  });
}

async function buildSmall(given: string): Promise<void> {
  const file = userPath(given);
  await requireWritable('the file', file);
  const { onnx } = smallDiffusion();
  await writeFile(file, onnx).catch((cause: unknown) => writeFailure(file, cause));
  process.stdout.write(`${given}  ${onnx.length} bytes\n`);
}
