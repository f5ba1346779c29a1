import { readFileSync } from 'node:fs';
import path from 'node:path';
import protobuf from 'protobufjs/minimal.js';
import { Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { eap27 } from '@/lib/anomaly/prompts/pools/eap-27';
import { fillPromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import { twoSampleAuroc } from '@/lib/anomaly/selection/two-sample-auroc';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import { openSession } from '@/lib/inference/node/session';
import { embeddedManifest, embeddedModelFiles } from '@/lib/inference/scattering/embedded-model';
import { readImageProcessing } from '@/lib/inference/preprocessor-config';
import { openTokenizer } from '@/lib/inference/text/tokenizer';
import { photograph } from '../photograph';
import { fitProducts } from '../products/fit-catalogue';
import { DEMO_IMAGE_SIDE } from '../raster/canvas';
import { attributeNames } from './attributes';
import { captionsOf } from './captions';
import { embedFeatures, embedText, type FittedPair } from './fit';
import { pairFiles } from './model-files';
import { fitCounts, planTakes } from './plan';
import { longestText, vocabularyOf, WordPieces } from './word-pieces';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = path.resolve(import.meta.dirname, '../../../public/models/demo-pair');
const committed = (name: string) => readFileSync(path.join(folder, name));
const json = (name: string): unknown => JSON.parse(committed(name).toString('utf8'));

/** Values of a float32 constant of the given shape in an ONNX file. */
function constant(bytes: Uint8Array, rows: number | null, cols: number): Float64Array {
  const found: Float64Array[] = [];
  const model = protobuf.Reader.create(bytes);
  eachField(model, model.len, 7, (graph) => eachField(model, graph, 5, (tensor) => {
    const dims: number[] = [];
    let raw = new Uint8Array();
    while (model.pos < tensor) {
      const tag = model.uint32();
      if (tag >>> 3 === 1) dims.push(Number(model.int64()));
      else if (tag >>> 3 === 9) raw = Uint8Array.from(model.bytes());
      else model.skipType(tag & 7);
    }
    const wanted = rows === null ? dims.length === 1 && dims[0] === cols : dims.length === 2 && dims[0] === rows && dims[1] === cols;
    if (wanted) found.push(Float64Array.from(new Float32Array(raw.buffer)));
  }));
  expect(found).toHaveLength(1);
  return found[0]!;
}

function eachField(reader: protobuf.Reader, end: number, field: number, body: (end: number) => void): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 === field && (tag & 7) === 2) body(reader.uint32() + reader.pos);
    else reader.skipType(tag & 7);
  }
}

/** The pair as it can be read back out of the committed files. */
function readPair(): FittedPair {
  const { model } = json('tokenizer.json') as { model: { vocab: Record<string, number> } };
  const vocabulary = Object.entries(model.vocab).sort(([, a], [, b]) => a - b).map(([token]) => token);
  const names = [...attributeNames(fitProducts), 'constant'];
  const dim = names.length;
  const features = 1904;
  const matrix = constant(committed('onnx/vision_model.onnx'), features, dim);
  const bias = constant(committed('onnx/vision_model.onnx'), null, dim);
  const data = Float64Array.from({ length: features * (dim - 1) }, (_, i) => matrix[Math.floor(i / (dim - 1)) * dim + (i % (dim - 1))]!);
  return {
    names,
    vocabulary,
    image: { weights: { rows: features, cols: dim - 1, data }, bias: bias.slice(0, dim - 1) },
    tokens: { rows: vocabulary.length, cols: dim, data: constant(committed('onnx/text_model.onnx'), vocabulary.length, dim) },
  };
}

const texts = [...eap27.pairs.flatMap((pair) => Object.values(fillPromptPair(pair, 'metal plate'))), 'Scratches, on a ZEBRA!', ''];
const pictures = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => photograph(fitProducts[0]!, seed, seed > 4 ? { type: 'scratch', severity: 0.9 } : undefined));

describe('the committed image-text pair', () => {
  const pair = readPair();
  const tokenizer = openTokenizer(json('tokenizer.json'), { contextLength: longestText, padTokenId: 0, lowerCase: true, specialTokens: { unknown: '[UNK]', end: null } });
  let scattering: Extractor;
  let features: Float32Array[];

  beforeAll(async () => {
    scattering = await openExtractor(embeddedModelFiles()['model.onnx'], embeddedManifest, { threads: 1 });
    features = [];
    for (const { rgb } of pictures) features.push(await scattering.embed([{ rgb, width: DEMO_IMAGE_SIDE, height: DEMO_IMAGE_SIDE }]));
    return () => scattering.close();
  });

  it('is what the script writes, bit for bit, but for the numbers of the fit', () => {
    const files = pairFiles(pair);
    for (const [name, bytes] of Object.entries(files)) expect(Buffer.from(bytes).equals(committed(name)), name).toBe(true);
    expect(Object.keys(files).reduce((sum, name) => sum + committed(name).length, 0)).toBeLessThan(1_000_000);
  });

  it('knows the words of the captions of the fit', () => {
    const captions = fitProducts.flatMap((product) => planTakes(product, 1, fitCounts)).flatMap((plan) => captionsOf(plan, 8));
    expect(vocabularyOf(captions)).toEqual(pair.vocabulary);
  });

  it('is tokenised by its tokenizer.json as by the fit', () => {
    const pieces = new WordPieces(pair.vocabulary);
    const { ids, mask } = tokenizer.tokenise(texts);
    texts.forEach((text, i) => {
      const length = mask.subarray(i * longestText, (i + 1) * longestText).reduce((sum, value) => sum + value, 0);
      expect([...ids.subarray(i * longestText, i * longestText + length)], text).toEqual(pieces.ids(text));
    });
  });

  it('gives texts the embeddings of the plain formula', async () => {
    const session = await openSession(path.join(folder, 'onnx/text_model.onnx'));
    const { ids, mask } = tokenizer.tokenise(texts);
    const tensor = (values: Int32Array) => new Tensor('int64', BigInt64Array.from(values, BigInt), [texts.length, longestText]);
    const { text_embeds: out } = await session.run({ input_ids: tensor(ids), attention_mask: tensor(mask) });
    const expected = texts.flatMap((text) => [...embedText(pair, text)]);
    expect(out!.dims).toEqual([texts.length, pair.names.length]);
    [...(out!.data as Float32Array)].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    await session.release();
  });

  it('gives images the scattering vector times the map, prepared as its preprocessor_config.json says', async () => {
    const { width, height, ...rest } = readImageProcessing({ preprocessor: json('preprocessor_config.json') })!;
    expect({ width, height, resize: rest.resize, interpolation: rest.interpolation }).toEqual({ width: 128, height: 128, resize: { mode: 'stretch' }, interpolation: 'bilinear' });
    expect([rest.pixelRange, rest.mean, rest.std]).toEqual(['unit', [0, 0, 0], [1, 1, 1]]);
    const session = await openSession(path.join(folder, 'onnx/vision_model.onnx'));
    const image = { rgb: pictures[0]!.rgb, width: DEMO_IMAGE_SIDE, height: DEMO_IMAGE_SIDE };
    const { image_embeds: out } = await session.run({ pixel_values: new Tensor('float32', scattering.prepare(image), [1, 3, 128, 128]) });
    const expected = embedFeatures(pair, features[0]!);
    [...(out!.data as Float32Array)].forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-3));
    await session.release();
  });

  it('tells prompt pairs apart on defects of the demo', () => {
    const unit = (vector: Float64Array) => vector.map((value) => value / Math.hypot(...vector));
    const embedded = features.map((vector) => unit(embedFeatures(pair, vector)));
    const aurocs = eap27.pairs.map((prompts) => {
      const { normal, anomalous } = fillPromptPair(prompts, 'metal plate');
      const [to, from] = [unit(embedText(pair, anomalous)), unit(embedText(pair, normal))];
      const scores = Float64Array.from(embedded, (vector) => vector.reduce((sum, value, c) => sum + value * (to[c]! - from[c]!), 0));
      return twoSampleAuroc(scores.slice(4), scores.slice(0, 4));
    });
    expect(Math.max(...aurocs)).toBeGreaterThan(0.75);
    expect(Math.max(...aurocs) - Math.min(...aurocs)).toBeGreaterThan(0.1);
  });
});
