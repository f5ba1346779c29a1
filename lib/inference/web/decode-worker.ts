import { createPreprocessor, type Preprocessor, type PreprocessSpec } from '../preprocess/preprocess';
import { decodeInBrowser } from './decode/decode-image';
import { fetchBytes } from './fetch-bytes';
import type { PrepareRequest } from './messages';
import { answerCalls } from './worker-call';

let known: { key: string; preprocessor: Preprocessor } | undefined;

function preprocessorOf(spec: PreprocessSpec): Preprocessor {
  const key = JSON.stringify(spec);
  if (known?.key !== key) known = { key, preprocessor: createPreprocessor(spec) };
  return known.preprocessor;
}

answerCalls<PrepareRequest, Float32Array<ArrayBuffer>>(self as unknown as Worker, async ({ source, spec }) => {
  const bytes = typeof source === 'string' ? await fetchBytes(source) : new Uint8Array(await source.arrayBuffer());
  const image = await decodeInBrowser(bytes);
  const preprocessor = preprocessorOf(spec);
  const input = new Float32Array(preprocessor.length);
  preprocessor.run(image, input);
  return { result: input, transfer: [input.buffer] };
});
