import path from 'node:path';
import { parseArgs } from 'node:util';

/** Where a benchmark finds images and networks: `--data DIR --models DIR`, by default beside this folder. */
export function folderOptions(args: readonly string[]): { data: string; models: string; builtIn: string; images: number } {
  const shared = path.resolve('..', 'shared');
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: path.join(shared, 'data') },
      models: { type: 'string', default: path.join(shared, 'models') },
      images: { type: 'string', default: '360' },
    },
  });
  const images = Number(values.images);
  if (!Number.isSafeInteger(images) || images < 1) throw new Error(`--images must be a whole number from 1 on, not ${values.images}`);
  return { data: path.resolve(values.data), models: path.resolve(values.models), builtIn: path.resolve('public', 'models'), images };
}
