import type { Precision } from '@/lib/api/contracts/models';
import { AssayError } from '@/lib/errors';
import { checkHubPath } from './address';
import type { HubFile } from './repository';

/** Endings by which exporters mark the precision of a file, in the order of preference. */
const endings: Record<Precision, readonly string[]> = {
  fp32: [''],
  fp16: ['_fp16'],
  int8: ['_int8', '_quantized', '_uint8'],
  int4: ['_q4', '_bnb4', '_q4f16'],
};

/** Names of the image tower in the order of preference; a CLIP's model.onnx wants texts as well. */
const stems = ['vision_model', 'visual/model', 'image_encoder', 'model'];
const textStems = ['text_model', 'textual/model', 'text_encoder'];
const configurations = ['preprocessor_config.json', 'config.json', 'preprocess_cfg.json'];

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * The ONNX file of a repository to take: `wanted` when given, else the image tower in that precision.
 * @throws AssayError `hub.not_found` that lists what there is
 */
export function chooseOnnxFile(files: readonly HubFile[], repo: string, { wanted, precision = 'fp32' }: { wanted?: string | undefined; precision?: Precision | undefined }): HubFile {
  const onnx = files.filter(({ path }) => path.endsWith('.onnx'));
  const found = wanted === undefined ? preferred(onnx, precision) : onnx.find(({ path }) => path === wanted);
  if (found !== undefined) return found;
  if (onnx.length === 0) {
    throw new AssayError('hub.not_found', `${repo} holds no ONNX file.`, { hint: 'Take a repository with an ONNX export (often under onnx-community or Xenova), or export the network with Optimum and add the file.' });
  }
  const list = onnx.map(({ path }) => path).sort();
  const shown = list.slice(0, 12).join(', ') + (list.length > 12 ? ' …' : '');
  throw new AssayError('hub.not_found', wanted === undefined ? `${repo} holds no ${precision} network for images that is named as usual.` : `${repo} holds no file ${wanted}.`, { hint: `Name the file: ${shown}.` });
}

/**
 * The ONNX file of the text tower: `wanted` when given, else the usual one in that precision.
 * @throws AssayError `hub.not_found` that lists what there is
 */
export function chooseTextFile(files: readonly HubFile[], repo: string, { wanted, precision }: { wanted?: string | undefined; precision: Precision }): HubFile {
  const onnx = files.filter(({ path }) => path.endsWith('.onnx'));
  const found = wanted === undefined ? usual(onnx, precision, textStems) : onnx.find(({ path }) => path === wanted);
  if (found !== undefined) return found;
  const list = onnx.map(({ path }) => path).sort().slice(0, 12).join(', ');
  throw new AssayError('hub.not_found', wanted === undefined ? `${repo} holds no ${precision} text tower that is named as usual.` : `${repo} holds no file ${wanted}.`, { hint: `It holds ${list === '' ? 'no ONNX file' : list}.` });
}

/**
 * The tokenizer of a text tower and what configures it: in its folder, else at the top.
 * @throws AssayError `hub.not_found` without a tokenizer.json
 */
export function chooseTokenizer(files: readonly HubFile[], repo: string, onnx: HubFile): HubFile[] {
  const find = (name: string): HubFile | undefined => files.find(({ path }) => path === `${folderOf(onnx.path)}${name}`) ?? files.find(({ path }) => path === name);
  const tokenizer = find('tokenizer.json');
  if (tokenizer === undefined) throw new AssayError('hub.not_found', `${repo} holds no tokenizer.json, which says how texts are cut into tokens.`);
  const beside = find('tokenizer_config.json');
  return beside === undefined ? [tokenizer] : [tokenizer, beside];
}

function preferred(onnx: readonly HubFile[], precision: Precision): HubFile | undefined {
  // A repository with one network under a name of its own.
  return usual(onnx, precision, stems) ?? (precision === 'fp32' && onnx.length === 1 ? onnx[0] : undefined);
}

function usual(onnx: readonly HubFile[], precision: Precision, stems: readonly string[]): HubFile | undefined {
  for (const stem of stems) {
    for (const ending of endings[precision]) {
      const name = `${stem}${ending}.onnx`;
      const match = onnx.find(({ path }) => path === name || path.endsWith(`/${name}`));
      if (match !== undefined) return match;
    }
  }
  return undefined;
}

/** Configurations that belong to an ONNX file: in its folder, else at the top. */
export function chooseConfigurations(files: readonly HubFile[], onnx: HubFile): HubFile[] {
  return configurations.flatMap((name) => {
    const own = files.find(({ path }) => path === `${folderOf(onnx.path)}${name}`);
    const top = files.find(({ path }) => path === name);
    const found = own ?? top;
    return found === undefined ? [] : [found];
  });
}

/**
 * Files of weights that the graph names, beside the ONNX file.
 * @throws AssayError `hub.not_found` when one is missing; `path.unsafe` when the graph points elsewhere
 */
export function chooseWeights(files: readonly HubFile[], repo: string, onnx: HubFile, names: readonly string[]): HubFile[] {
  return names.map((name) => {
    if (name.includes('/') || name.includes('\\')) throw new AssayError('path.unsafe', `${onnx.path} keeps weights in "${name}", which is not a file beside it.`);
    const path = checkHubPath(`${folderOf(onnx.path)}${name}`);
    const found = files.find((file) => file.path === path);
    if (found !== undefined) return found;
    throw new AssayError('hub.not_found', `${repo} lacks ${path}, which holds weights of ${onnx.path}.`);
  });
}
