import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { matrixFromRows } from '@/lib/anomaly/linalg/matrix';
import { zeroShotScores } from '@/lib/anomaly/selection/zero-shot';
import type { ModelManifest } from '../manifest';
import { readOnnxModel } from '../onnx/read-model';
import { readTextConfig } from '../text/text-config';
import { toyText } from '../text/testing/toy-text';
import { openExtractor } from './extractor';
import { probeImage } from './probe';
import { openTextTower } from './text-tower';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 180_000 });

describe('a text tower', () => {
  it('gives embeddings of unit length, in the order of the texts, whatever else is in the batch', async () => {
    const tower = await openTextTower(toyText(), { threads: 1 });
    const texts = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 'a photo of a flawless screw' : 'a photo of a damaged screw'));
    const all = await tower.embed(texts);
    const first = await tower.embed(texts.slice(0, 1));
    expect([all.rows, all.cols, tower.dim]).toEqual([40, 4, 4]);
    for (let i = 0; i < 40; i += 1) {
      const row = all.data.subarray(i * 4, (i + 1) * 4);
      expect(Math.hypot(...row)).toBeCloseTo(1, 6);
      expect([...row]).toEqual([...all.data.subarray((i % 2) * 4, (i % 2) * 4 + 4)]);
    }
    first.data.forEach((value, i) => expect(value).toBeCloseTo(all.data[i]!, 6));
    expect([...all.data.subarray(0, 4)]).not.toEqual([...all.data.subarray(4, 8)]);
    await tower.close();
  });

  it('fills texts up where the filling counts, and gives the same embeddings where it does not', async () => {
    const mean = await openTextTower(toyText(), { threads: 1 });
    const third = await openTextTower(toyText({ thirdToken: true }), { threads: 1 });
    const together = ['screw', 'a photo of a damaged screw'];
    for (const tower of [mean, third]) {
      const [alone, both] = [await tower.embed(together.slice(0, 1)), await tower.embed(together)];
      alone.data.forEach((value, i) => expect(value).toBeCloseTo(both.data[i]!, 6));
    }
    // The mean counts the filling: twelve tokens, nine of them [PAD].
    const ids = [2, 9, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const sum = Array.from({ length: 4 }, (_, c) => ids.reduce((total, id) => total + Math.fround(Math.sin(1 + id * 4 + c)), 0));
    (await mean.embed(['screw'])).data.forEach((value, c) => expect(value).toBeCloseTo(sum[c]! / Math.hypot(...sum), 5));
    const end = Array.from({ length: 4 }, (_, c) => Math.sin(1 + 3 * 4 + c));
    (await third.embed(['screw'])).data.forEach((value, c) => expect(value).toBeCloseTo(end[c]! / Math.hypot(...end), 5));
    await mean.close();
    await third.close();
  });

  it('tells which texts lost their end, and takes none', async () => {
    const tower = await openTextTower(toyText(), { threads: 1 });
    expect((await tower.embed(['a screw', 'a photo of a photo of a photo of a photo of a photo of a screw'])).truncated).toEqual([false, true]);
    expect(await tower.embed([])).toMatchObject({ rows: 0, cols: 4 });
    await tower.close();
  });

  it('is refused where all texts give the same, where the output has no row per text, or where it is no network', async () => {
    await expect(openTextTower(toyText({ blind: true }), { threads: 1 })).rejects.toMatchObject({ code: 'model.invalid', message: expect.stringContaining('the same embedding for two different texts') });
    const whole = toyText();
    await expect(openTextTower({ ...whole, config: { ...whole.config, output: 'rows' } }, { threads: 1 })).rejects.toMatchObject({ code: 'model.shape' });
    await expect(openTextTower({ ...whole, model: Buffer.from('<html>') }, { threads: 1 })).rejects.toMatchObject({ code: 'model.invalid' });
  });
});

const folder = path.resolve('../shared/models/vit-tiny-clip-shaped');
const present = existsSync(folder);
if (!present) process.stderr.write(`SKIPPED: the test against an image-text pair of CLIP's shape needs ${folder}\n`);

const json = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

function clipShaped() {
  const model = path.join(folder, 'onnx', 'text_model.onnx');
  const tokenizer = json('tokenizer.json');
  const config = readTextConfig({ config: json('config.json'), tokenizerConfig: json('tokenizer_config.json'), tokenizer }, readOnnxModel(readFileSync(model)), { logitScale: null, logitBias: null });
  return { model, tokenizer, config };
}

const goldenSchema = z.array(z.object({ golden: z.object({ outputs: z.looseObject({ text_embeds: z.object({ first8: z.array(z.number()), l2: z.number() }).optional() }) }) }));

const vision: ModelManifest = {
  id: 'vit-tiny',
  name: 'ViT-Ti/16',
  input: { name: 'pixel_values', width: 224, height: 224, layout: 'nchw', channels: 'rgb', pixelRange: 'unit', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  resize: { mode: 'shortest', edge: 248 },
  interpolation: 'bicubic',
  output: { name: 'image_embeds', pooling: 'none' },
  licence: 'Apache-2.0',
  source: 'timm',
};

describe.skipIf(!present)("an image-text pair of CLIP's shape", () => {
  it('gives the reference embedding of a prompt', async () => {
    const source = clipShaped();
    expect(source.config).toMatchObject({ kind: 'softmax', contextLength: 77, padTokenId: 49407, output: 'text_embeds', mask: null });
    expect(source.config.logitScale).toBeCloseTo(Math.exp(3.56), 10);
    const golden = goldenSchema.parse(json('golden.json')).flatMap(({ golden: { outputs } }) => outputs.text_embeds ?? [])[0]!;
    const tower = await openTextTower(source, { threads: 1 });
    const { data } = await tower.embed(['a photo of a cat.']);
    golden.first8.forEach((value, i) => expect(data[i]! * golden.l2).toBeCloseTo(value, 6));
    await tower.close();
  });

  it('puts the prompt of the class first that the classifier of the image tower puts first', async () => {
    const names = z.array(z.string()).parse(json('imagenet_class_names.json'));
    const model = path.join(folder, 'onnx', 'vision_model.onnx');
    const classifier = await openExtractor(model, { ...vision, output: { name: 'logits', pooling: 'none' } }, { threads: 1 });
    const logits = await Promise.all([1, 2, 3].map((seed) => classifier.embed([probeImage(seed)])));
    await classifier.close();
    const classes = logits.map((row) => row.indexOf(row.reduce((a, b) => Math.max(a, b))));
    // The winners among others; all thousand would tell no more and take minutes.
    const shown = [...new Set([...classes, ...Array.from({ length: 40 }, (_, i) => i * 25)])];
    const images = await openExtractor(model, vision, { threads: 1 });
    const vectors = matrixFromRows(await Promise.all([1, 2, 3].map((seed) => images.embed([probeImage(seed)]))));
    await images.close();
    const tower = await openTextTower(clipShaped(), { threads: 1 });
    const prompts = await tower.embed(shown.map((index) => `a photo of a ${names[index]}.`));
    await tower.close();
    const neutral = { data: prompts.data.map((_, i) => (i % prompts.cols === 0 ? 1 : 0)), rows: prompts.rows, cols: prompts.cols };
    const { difference } = await zeroShotScores(vectors, { normal: neutral, anomalous: prompts }, { kind: 'softmax', logitScale: 35 });
    classes.forEach((expected, image) => {
      const scores = shown.map((_, i) => difference.data[i * vectors.rows + image]!);
      expect(shown[scores.indexOf(Math.max(...scores))]).toBe(expected);
    });
  });
});
