import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeDemoImage } from '@/lib/demo/encode';
import { smallPictures } from '@/lib/pipeline/models/small-diffusion';

/** A new folder of the machine's own with eight small training normals in `plate/train/good`. */
export async function plateFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-plate-'));
  const good = path.join(folder, 'plate', 'train', 'good');
  await mkdir(good, { recursive: true });
  for (const [i, { rgb, width, height }] of [...smallPictures(0, 4, 3), ...smallPictures(1, 4, 3)].entries()) {
    await writeFile(path.join(good, `${i}.png`), await encodeDemoImage({ rgb: Uint8Array.from(rgb), width, height }));
  }
  return folder;
}
