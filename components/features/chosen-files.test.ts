import { expect, test } from 'vitest';
import { chooseFiles } from './chosen-files';

function file(path: string, text = 'x'): File {
  const made = new File([text], path.slice(path.lastIndexOf('/') + 1));
  Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' });
  return made;
}

test('of a folder: the image tower, its weights, and how images go in', async () => {
  const seen = await chooseFiles([
    file('net/preprocessor_config.json', '{"size":224}'), file('net/config.json', '{"model_type":"vit"}'), file('net/README.md'),
    file('net/onnx/model.onnx'), file('net/onnx/vision_model.onnx'), file('net/onnx/vision_model.onnx_data'), file('net/onnx/Constant_12_attr__value'), file('net/onnx/.gitignore'),
  ]);
  expect(seen.files.map(({ name }) => name)).toEqual(['vision_model.onnx', 'vision_model.onnx_data', 'Constant_12_attr__value']);
  expect(seen.configurations).toEqual({ preprocessor: { size: 224 }, config: { model_type: 'vit' } });
});

test('of a folder with both towers and a tokenizer: all three, and how texts go in', async () => {
  const pair = [
    file('clip/config.json', '{"model_type":"clip"}'), file('clip/tokenizer.json', '{}'), file('clip/tokenizer_config.json', '{"model_max_length":77}'), file('clip/vocab.json'), file('clip/merges.txt'),
    file('clip/onnx/text_model.onnx'), file('clip/onnx/vision_model.onnx'), file('clip/onnx/text_model.onnx_data'),
  ];
  const seen = await chooseFiles(pair);
  expect(seen.files.map(({ name }) => name)).toEqual(['vision_model.onnx', 'text_model.onnx', 'tokenizer.json', 'text_model.onnx_data']);
  expect(seen).toMatchObject({ isPair: true, configurations: { config: { model_type: 'clip' }, tokenizer: { model_max_length: 77 } } });
  expect(await chooseFiles(pair.filter(({ name }) => name !== 'tokenizer.json'))).toMatchObject({ isPair: false, files: [{ name: 'vision_model.onnx' }] });
});

test('a single file', async () => {
  expect(await chooseFiles([file('resnet20.onnx')])).toMatchObject({ files: [{ name: 'resnet20.onnx' }], configurations: {} });
});

test.each([
  ['no ONNX file', [file('a/readme.md')], 'no ONNX file'],
  ['several', [file('a/x.onnx'), file('a/y.onnx')], 'several ONNX files (x.onnx, y.onnx)'],
  ['a broken configuration', [file('a/model.onnx'), file('a/config.json', '{')], 'config.json is not valid JSON'],
])('%s is refused in words', async (_, files, words) => {
  await expect(chooseFiles(files)).rejects.toThrow(words);
});
