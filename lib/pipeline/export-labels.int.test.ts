import { readdir, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportFormat } from '@/lib/api/contracts/exports';
import type { Actor } from '@/lib/auth/actor';
import { decisionInputSchema } from '@/lib/api/contracts/decisions';
import { archiveEntries } from '@/lib/ingest/archive';
import type { ServiceContext } from '@/lib/services/context';
import { decide } from '@/lib/services/decisions';
import { countExport, startExport } from '@/lib/services/exports';
import { World } from '@/lib/services/testing/world';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { sha256Of } from '@/lib/store/blobs/hashing';
import type { BlobStore } from '@/lib/store/blobs/port';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { writeExport } from './export';
import { pipelineContext, png, uploadAll } from './testing/uploading';

let database: FreshDatabase;
let context: ServiceContext;
let lead: Actor;
let projectId: string;

/** A mask of 24 x 16 pixels with the box 3..5 x 2..3 set. */
const mask = () => {
  const pixels = Buffer.alloc(24 * 16);
  for (const y of [2, 3]) for (const x of [3, 4, 5]) pixels[y * 24 + x] = 255;
  return sharp(pixels, { raw: { width: 24, height: 16, channels: 1 } }).png().toBuffer();
};
/** Column by column of 16: three empty columns and two pixels, two set; 14 empty, two set; twice; then the rest. */
const counts = [3 * 16 + 2, 2, 14, 2, 14, 2, 12 + 18 * 16];

beforeAll(async () => {
  database = await freshDatabase();
  const world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  projectId = await world.project([[lead, 'lead']]);
  await uploadAll(context, projectId, {
    'train/good/1.png': await png(10), 'test/scratch/2.png': await png(11), 'ground_truth/scratch/2_mask.png': await mask(),
    'auxiliary/crack/3.png': await png(12), 'ground_truth/auxiliary/crack/3_mask.png': await mask(), 'auxiliary/crack/4.png': await png(13),
  });
  const samples = new Map((await store().sample.findMany({ where: { projectId } })).map((sample) => [sample.fileName, sample]));
  const model = await store().model.create({ data: { name: 'net', sha256: 'f'.repeat(64), bytes: 1, manifest: {}, dim: 2 } });
  const set = await store().featureSet.create({ data: { projectId, modelId: model.id, state: 'ready', fingerprint: 'fp', runtime: 'node', provider: 'cpu', dim: 2, chunks: { create: { index: 0, sampleIds: [...samples.values()].map(({ id }) => id), sha256: 'e'.repeat(64) } } } });
  const run = await store().run.create({ data: { projectId, featureSetId: set.id, evaluator: 'EAP', preset: 'paper', parameters: {}, seed: 3, codeVersion: '0.1.0', state: 'ready' } });
  runId = run.id;
  await store().score.createMany({ data: [['3.png', 1], ['4.png', 0.5]].map(([name, quality]) => ({ runId, sampleId: samples.get(name as string)!.id, quality: quality as number, zone: 'realistic' as const })) });
  await decide(context, decisionInputSchema.parse({ projectId, sampleId: samples.get('3.png')!.id, verdict: 'accepted', expectedVersion: 0, runId }));
});
let runId: string;
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

/** Writes an export of everything. @returns its files, and what the button said */
async function written(format: ExportFormat): Promise<{ files: Map<string, Buffer>; count: number }> {
  const { count } = await countExport(context, { projectId, runId, filter: {} });
  const { id: exportId } = await startExport(context, { projectId, runId, filter: {}, format });
  const { sha256 } = await writeExport({ exportId }, pipelineContext(context));
  const files = new Map<string, Buffer>();
  for await (const entry of archiveEntries(blobStore(), sha256)) files.set(entry.path, await buffer(await entry.open!()));
  return { files, count };
}

type Coco = {
  images: { id: number; file_name: string; width: number; height: number; assay: Record<string, unknown> }[];
  annotations: { image_id: number; category_id: number; bbox: number[]; area: number; iscrowd: number; segmentation: { size: number[]; counts: number[] }; attributes: object }[];
  categories: { id: number; name: string }[];
  info: { assay: { run: { id: string } } };
};

describe('COCO', () => {
  it('has an image per sample and an annotation per mask', async () => {
    const { files, count } = await written('coco');
    const coco = JSON.parse(files.get('annotations.json')!.toString()) as Coco;
    expect(coco.images).toHaveLength(count);
    for (const { file_name, assay, width, height } of coco.images) {
      expect(sha256Of(files.get(`images/${file_name}`)!)).toBe(assay['sha256']);
      expect([width, height]).toEqual([24, 16]);
    }
    expect(files.size).toBe(count + 1);
    expect(coco.categories).toEqual([{ id: 1, name: 'crack', supercategory: 'defect' }, { id: 2, name: 'scratch', supercategory: 'defect' }]);
    const nameOf = (id: number) => coco.images.find((image) => image.id === id)!.file_name;
    expect(coco.annotations.map(({ image_id, category_id }) => [nameOf(image_id), category_id])).toEqual([['metal_plate/auxiliary/crack/3.png', 1], ['metal_plate/test/scratch/2.png', 2]]);
    for (const { bbox, area, iscrowd, segmentation } of coco.annotations) expect({ bbox, area, iscrowd, segmentation }).toEqual({ bbox: [3, 2, 3, 2], area: 6, iscrowd: 0, segmentation: { size: [16, 24], counts } });
    expect(coco.annotations[0]!.attributes).toEqual({ role: 'auxiliary', quality: 1, zone: 'realistic', verdict: 'accepted', reason: null });
    expect(coco.images[0]!.assay).toMatchObject({ role: 'auxiliary', quality: 1, rank: 1, verdict: 'accepted', decided_by: 'Lea' });
    expect(coco.images.at(-1)!.assay).not.toHaveProperty('quality');
    expect(coco.info.assay.run.id).toBe(runId);
  });
});

describe('FiftyOne', () => {
  it('has a dictionary per sample, with numbers that keep their type, and the masks beside', async () => {
    const { files, count } = await written('fiftyone');
    const text = files.get('samples.json')!.toString();
    const { samples } = JSON.parse(text) as { samples: Record<string, unknown>[] };
    expect(samples).toHaveLength(count);
    expect(samples.every(({ filepath }) => files.has(filepath as string))).toBe(true);
    expect(samples[0]).toMatchObject({
      filepath: 'data/metal_plate/auxiliary/crack/3.png', tags: ['auxiliary'], ground_truth: { _cls: 'Classification', label: 'crack' }, review: { _cls: 'Classification', label: 'accepted' },
      metadata: { _cls: 'ImageMetadata', width: 24, height: 16 }, quality: 1, rank: 1, mask_file: 'labels/metal_plate/masks/auxiliary/crack/3_mask.png',
      defect: { _cls: 'Detections', detections: [{ _cls: 'Detection', label: 'crack', bounding_box: [3 / 24, 2 / 16, 3 / 24, 2 / 16] }] },
    });
    expect(text).toContain('"quality":1.0,');
    expect(text).toContain('"rank":1,');
    expect(files.has('labels/metal_plate/masks/auxiliary/crack/3_mask.png')).toBe(true);
    const metadata = JSON.parse(files.get('metadata.json')!.toString()) as Record<string, unknown>;
    expect(metadata).toMatchObject({ media_type: 'image', default_classes: ['crack', 'good', 'scratch'], info: { assay: { run: { id: runId } } } });
    expect(metadata).not.toHaveProperty('version');
    expect(files.get('README.txt')!.toString()).toContain('fo.types.FiftyOneDataset');
  });
});

describe('more samples than a page of the database holds', () => {
  const many = 1100;
  let largeProjectId: string;
  /** Images of the project, in the memory: the disk would take longer than all else. */
  const images = new Map(Array.from({ length: many }, (_, i) => Buffer.from(`image ${i}`)).map((content) => [sha256Of(content), content]));
  const blobsOf = (onStream: () => Promise<void> = () => Promise.resolve()): BlobStore => {
    const blobs = Object.create(blobStore()) as BlobStore;
    blobs.stream = async (sha256) => {
      await onStream();
      const image = images.get(sha256);
      return image === undefined ? blobStore().stream(sha256) : Readable.from([image]);
    };
    return blobs;
  };

  beforeAll(async () => {
    largeProjectId = await new World(store()).project([[lead, 'lead']]);
    const maskSha256 = await blobStore().put(await mask());
    const sampleOf = (sha256: string, bytes: number, i: number) => ({
      projectId: largeProjectId, sha256, fileName: `${i}.png`, folder: 'in', role: 'auxiliary' as const, defectType: `type ${i % 3}`, width: 24, height: 16, format: 'png', bytes,
      ...(i % 50 === 0 ? { maskSha256 } : {}),
    });
    await store().sample.createMany({ data: [...images].map(([sha256, content], i) => sampleOf(sha256, content.length, i)) });
  });

  const started = async (format: ExportFormat) => (await startExport(context, { projectId: largeProjectId, runId: null, filter: {}, format })).id;
  /** Files without a name that this process still holds open. */
  const openLists = async () => {
    const links = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
    return links.filter((link) => link.includes('assay-list-'));
  };

  it.each(['coco', 'fiftyone'] as const)('%s: has each of them once', async (format) => {
    const { sha256 } = await writeExport({ exportId: await started(format) }, pipelineContext(context, { blobs: blobsOf() }));
    const paths = new Set<string>();
    let document = '';
    for await (const entry of archiveEntries(blobStore(), sha256)) {
      paths.add(entry.path);
      if (/(annotations|samples)\.json$/.test(entry.path)) document = (await buffer(await entry.open!())).toString();
    }
    if (format === 'coco') {
      const { images, annotations, categories } = JSON.parse(document) as Coco;
      expect(images.map(({ id }) => id)).toEqual(Array.from({ length: many }, (_, i) => i + 1));
      expect(images.every(({ file_name }) => paths.has(`images/${file_name}`))).toBe(true);
      expect(new Set(images.map(({ assay }) => assay['sample_id'])).size).toBe(many);
      const ofMasks = images.filter(({ assay }) => Number.parseInt((assay['original'] as string).slice(3), 10) % 50 === 0);
      expect(annotations.map(({ image_id }) => image_id)).toEqual(ofMasks.map(({ id }) => id));
      expect(categories.map(({ name }) => name)).toEqual(['type 0', 'type 1', 'type 2']);
    } else {
      const { samples } = JSON.parse(document) as { samples: Record<string, unknown>[] };
      expect(new Set(samples.map(({ filepath }) => filepath)).size).toBe(many);
      expect(samples.every(({ filepath, mask_file: maskFile }) => paths.has(filepath as string) && (maskFile === undefined || paths.has(maskFile as string)))).toBe(true);
      expect(samples.filter(({ defect }) => defect !== undefined)).toHaveLength(many / 50);
    }
  });

  it.skipIf(process.platform !== 'linux').each([
    ['while the rows are read', 1], ['while the archive is written', 3],
  ])('ends at once when it is cancelled %s, and holds no file any more', async (_, atReport) => {
    const exportId = await started('coco');
    const cancel = new AbortController();
    let reports = 0;
    const seen: string[][] = [];
    const progress = ({ step }: { step?: string }) => {
      if (step === 'writing' && ++reports === atReport) cancel.abort(new Error('cancelled'));
    };
    const blobs = blobsOf(async () => void seen.push(await openLists()));
    await expect(writeExport({ exportId }, pipelineContext(context, { signal: cancel.signal, progress, blobs }))).rejects.toThrow('cancelled');
    expect(reports).toBe(atReport);
    expect(seen.length > 0).toBe(atReport > 2);
    expect(seen.every((lists) => lists.length === 1)).toBe(true);
    await expect.poll(openLists).toEqual([]);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('assay-list-'))).toEqual([]);
    expect(await store().export.findUnique({ where: { id: exportId } })).toMatchObject({ state: 'pending', sha256: null });
  });

  it('is refused at the first moment when it was cancelled before', async () => {
    const exportId = await started('fiftyone');
    await expect(writeExport({ exportId }, pipelineContext(context, { signal: AbortSignal.abort(new Error('cancelled')) }))).rejects.toThrow('cancelled');
  });
});
