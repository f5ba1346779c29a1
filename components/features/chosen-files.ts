import type { ActionInput } from '@/lib/api/contracts/actions';

type Configurations = NonNullable<ActionInput<'addModel'>['source']['configurations']>;

/** Files of a network that a person chose: what is sent, and what is read here. */
export type ChosenFiles = {
  readonly files: readonly File[];
  readonly configurations: Configurations;
  /** The files hold both towers of an image-text pair. */
  readonly isPair: boolean;
};

const configurationNames: Readonly<Record<string, keyof Configurations>> = {
  'preprocessor_config.json': 'preprocessor',
  'config.json': 'config',
  'preprocess_cfg.json': 'openClip',
  'tokenizer_config.json': 'tokenizer',
};

/** Image towers in the order in which they are looked for in a folder. */
const usualNames = ['vision_model.onnx', 'model.onnx'];

/**
 * Sorts out what a person chose, a file or a whole folder: the ONNX file, the weights beside it, and the files that say
 * how images go in. Of a folder with an image tower, a text tower and a tokenizer all three.
 * @throws Error in words for the person
 */
export async function chooseFiles(all: readonly File[]): Promise<ChosenFiles> {
  const onnx = onnxOf(all);
  const text = onnx.name === 'vision_model.onnx' ? all.find(({ name }) => name === 'text_model.onnx') : undefined;
  const tokenizer = all.find(({ name }) => name === 'tokenizer.json');
  const configurations = await configurationsOf(all);
  if (text === undefined || tokenizer === undefined) return { files: [onnx, ...weightsOf(all, onnx)], configurations, isPair: false };
  const weights = new Set([...weightsOf(all, onnx), ...weightsOf(all, text)]);
  return { files: [onnx, text, tokenizer, ...weights], configurations, isPair: true };
}

function weightsOf(all: readonly File[], onnx: File): File[] {
  return all.filter((file) => folderOf(file) === folderOf(onnx) && file !== onnx && isWeights(file.name, onnx.name));
}

const folderOf = ({ webkitRelativePath }: File): string => webkitRelativePath.slice(0, webkitRelativePath.lastIndexOf('/') + 1);

function onnxOf(all: readonly File[]): File {
  const files = all.filter(({ name }) => name.endsWith('.onnx'));
  const usual = usualNames.map((name) => files.find((file) => file.name === name)).find((file) => file !== undefined);
  const [only, ...others] = files;
  if (only === undefined) throw new Error('There is no ONNX file among these.');
  if (others.length > 0 && usual === undefined) throw new Error(`There are several ONNX files (${files.slice(0, 4).map(({ name }) => name).join(', ')}); choose one of them.`);
  return usual ?? only;
}

/** "model.onnx_data", "model.onnx.data", "model.onnx_data_1", and files without any ending, as exporters write them. */
function isWeights(name: string, onnx: string): boolean {
  return (name.startsWith(onnx) || /\.(data|bin|weight|pb)$/.test(name) || !name.includes('.')) && !name.startsWith('.');
}

async function configurationsOf(all: readonly File[]): Promise<Configurations> {
  const found: Configurations = {};
  for (const file of all) {
    const key = configurationNames[file.name];
    if (key === undefined) continue;
    try {
      found[key] = JSON.parse(await file.text()) as unknown;
    } catch {
      throw new Error(`${file.name} is not valid JSON.`);
    }
  }
  return found;
}
