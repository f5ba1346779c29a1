import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '@/lib/ingest/decode';
import { hasBrowser, openBrowser, type BrowserPage } from '@/lib/inference/web/testing/browser';
import { checkedParameters } from '@/lib/synthesis/describe';
import { planImage } from '@/lib/synthesis/plan';
import { generators } from '@/lib/synthesis/registry';
import { previewBatch, synthesise } from '@/lib/synthesis/synthesise';
import { noisePicture } from '@/lib/synthesis/testing/pictures';
import type { PlannedAnomaly, SeedImage } from './messages';
import type { SeenFiles, SeenPreview, SynthesisInPage } from './testing/page';

if (!hasBrowser) process.stderr.write('SKIPPED: anomalies that a browser makes need Chromium\n');

const count = 3;
const seed = 11;
const seeds = [noisePicture(60, 44, 1), noisePicture(60, 44, 2), noisePicture(52, 48, 3)];
const seedImage = (position: number): SeedImage => ({ projectId: 'p', sampleId: String(position), url: `/seeds/${position}.png` });

let browser: BrowserPage;
let files: Buffer[];
beforeAll(async () => {
  if (!hasBrowser) return;
  files = await Promise.all(seeds.map(({ rgb, width, height }) => sharp(rgb, { raw: { width, height, channels: 3 } }).png().toBuffer()));
  const served = Object.fromEntries(files.map((file, position) => [`/seeds/${position}.png`, file]));
  browser = await openBrowser(served, { scripts: { page: 'lib/browser-synthesis/testing/page.ts', workers: ['lib/browser-synthesis/synthesis-worker.ts'] } });
}, 60_000);
afterAll(() => browser?.close());

function planned(generator: string, index: number): PlannedAnomaly {
  const { parent, other } = planImage(seed, index, seeds.length);
  return { settings: { generator, parameters: checkedParameters(generator, {}), seed }, index, parent: seedImage(parent), other: other === null ? null : seedImage(other) };
}

const preview = (anomaly: PlannedAnomaly, side: number): Promise<SeenPreview> =>
  browser.page.evaluate(([one, most]) => (globalThis as unknown as { assay: SynthesisInPage }).assay.preview(one, most), [anomaly, side] as const);
const make = (anomaly: PlannedAnomaly): Promise<SeenFiles> => browser.page.evaluate((one) => (globalThis as unknown as { assay: SynthesisInPage }).assay.make(one), anomaly);
const bytes = (base64: string) => Buffer.from(base64, 'base64');

describe.skipIf(!hasBrowser)('a synthetic anomaly of a browser', () => {
  it.each(generators.map(({ id }) => id))('has the pixels of the server: %s', async (generator) => {
    const inputs = await Promise.all(files.map(decodeImage));
    const batch = [...previewBatch({ generator, parameters: {}, seed }, inputs, count)];
    for (const { index, ...there } of batch) {
      if (!('made' in there)) throw new Error(there.failure);
      const here = await preview(planned(generator, index), 1000);
      expect(here).toMatchObject({ width: there.made.image.width, height: there.made.image.height, drawn: there.made.drawn, outlined: there.made.mask.includes(255) });
      expect(Buffer.from(here.rgb).equals(Buffer.from(there.made.image.rgb)), `${generator} ${index}`).toBe(true);
      expect(here.changed).toBe(there.made.mask.filter((value) => value === 255).length / there.made.mask.length);
    }
  }, 60_000);

  it('is kept as a file with these pixels, its mask, its thumbnail and where it comes from', async () => {
    const anomaly = planned('cutpaste', 1);
    const kept = await make(anomaly);
    const { parent, other } = planImage(seed, 1, seeds.length);
    const there = synthesise({ generator: 'cutpaste', parameters: {}, seed }, 1, { image: seeds[parent]!, other: seeds[other!] });
    const image = await decodeImage(bytes(kept.png));
    expect(Buffer.from(image.rgb).equals(Buffer.from(there.image.rgb))).toBe(true);
    expect(createHash('sha256').update(bytes(kept.png)).digest('hex')).toBe(kept.sha256);
    const mask = sharp(bytes(kept.mask!));
    expect((await mask.metadata()).channels).toBe(1);
    expect((await mask.toColourspace('b-w').raw().toBuffer()).equals(Buffer.from(there.mask))).toBe(true);
    expect(createHash('sha256').update(bytes(kept.mask!)).digest('hex')).toBe(kept.maskSha256);
    expect((await sharp(bytes(kept.thumbnail)).metadata()).format).toBe('webp');
    const origin = { generator: 'cutpaste', seed, index: 1, parents: [anomaly.parent.sampleId], settings: anomaly.settings.parameters };
    expect(bytes(kept.png).includes(`assay\0\0\0\0\0${JSON.stringify(origin)}`)).toBe(true);
  });

  it('is the same file when it is made again, and none has a mask where nothing was changed', async () => {
    expect(await make(planned('draem', 0))).toEqual(await make(planned('draem', 0)));
    expect((await make(planned('copy', 0))).mask).toBeNull();
  });

  it('is shown at the size that was asked for', async () => {
    const { rgb, width } = await preview(planned('cutpaste', 0), 30);
    expect(width).toBeGreaterThan(30);
    expect(rgb.length % (3 * 30)).toBe(0);
    expect(rgb.length).toBeLessThanOrEqual(3 * 30 * 30);
  });

  it('says why it cannot be made, and the next one can', async () => {
    const failure = (anomaly: PlannedAnomaly) => browser.page.evaluate((one) => (globalThis as unknown as { assay: SynthesisInPage }).assay.failure(one), anomaly);
    expect(await failure({ ...planned('cutmix', 0), other: null })).toBe('data.too_few_rows');
    expect(await failure({ ...planned('cutmix', 0), parent: { projectId: 'p', sampleId: 'gone', url: '/seeds/9.png' } })).toBe('request.not_found');
    expect(await failure({ ...planned('cutmix', 0), parent: { projectId: 'p', sampleId: 'held', url: null } })).toBe('private.image_missing');
    expect(await failure(planned('cutmix', 0))).toBe('none');
  });
});
