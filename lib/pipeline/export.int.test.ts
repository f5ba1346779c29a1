import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rejectReasonSchema, sampleRoleSchema, verdictSchema, zoneSchema } from '@/lib/api/contracts/common';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { decisionInputSchema } from '@/lib/api/contracts/decisions';
import { downloadResponse } from '@/lib/api/download';
import type { Actor } from '@/lib/auth/actor';
import { manifestSchema, type Manifest } from '@/lib/api/contracts/export-manifest';
import { filterPredicate, type FilterRow } from '@/lib/figures/ranking-filter';
import { archiveEntries } from '@/lib/ingest/archive';
import { readMetadata } from '@/lib/ingest/metadata';
import type { ServiceContext } from '@/lib/services/context';
import { decide } from '@/lib/services/decisions';
import { countExport, exportDownload, listExports, startExport } from '@/lib/services/exports';
import { World } from '@/lib/services/testing/world';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { sha256Of } from '@/lib/store/blobs/hashing';
import { openStore, store } from '@/lib/store/client';
import type { Prisma } from '@/lib/store/generated/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { selectionOf } from '@/lib/store/exports/selection';
import { writeExport } from './export';
import { pipelineContext, png, uploadAll } from './testing/uploading';

let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

/** A run over these samples, scored for the auxiliary ones. */
async function runOver(projectId: string, sampleIds: string[], scores: readonly Omit<Prisma.ScoreCreateManyInput, 'runId'>[]): Promise<string> {
  const model = await store().model.create({ data: { name: randomUUID(), sha256: 'f'.repeat(64), bytes: 1, manifest: {}, dim: 2 } });
  const set = await store().featureSet.create({
    data: { projectId, modelId: model.id, state: 'ready', fingerprint: 'fp', fingerprintParts: { dtype: 'float32' }, runtime: 'node', provider: 'cpu', dim: 2, chunks: { create: { index: 0, sampleIds, sha256: 'e'.repeat(64) } } },
  });
  const run = await store().run.create({ data: { projectId, featureSetId: set.id, evaluator: 'EAP', preset: 'paper', parameters: { alpha0: 0.1 }, seed: 3, codeVersion: '0.1.0', state: 'ready' } });
  await store().score.createMany({ data: scores.map((score) => ({ ...score, runId: run.id })) });
  return run.id;
}

const accept = (projectId: string, sampleId: string, expectedVersion = 0, verdict: 'accepted' | 'skipped' = 'accepted') =>
  decide(context, decisionInputSchema.parse({ projectId, sampleId, verdict, expectedVersion }));

async function contentOf(sha256: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const entry of archiveEntries(blobStore(), sha256)) {
    expect(entry.refused).toBeNull();
    files.set(entry.path, await buffer(await entry.open!()));
  }
  return files;
}

const manifestOf = (files: ReadonlyMap<string, Buffer>): Manifest => manifestSchema.parse(JSON.parse(files.get('manifest.json')!.toString()));

describe('an export', () => {
  it('holds exactly what the button counted; every SHA-256 is right', async () => {
    const projectId = await world.project([[lead, 'lead']]);
    const mask = await png(1);
    await uploadAll(context, projectId, {
      'train/good/1.png': await png(10), 'test/scratch/2.png': await png(11), 'ground_truth/scratch/2_mask.png': mask,
      'auxiliary/crack/3.png': await png(12), 'ground_truth/auxiliary/crack/3_mask.png': mask, 'auxiliary/crack/4.png': await png(13), 'auxiliary/5.png': await png(14), 'auxiliary/more/5.png': await png(15),
    });
    const samples = await store().sample.findMany({ where: { projectId } });
    const auxiliary = samples.filter(({ role }) => role === 'auxiliary');
    const runId = await runOver(projectId, samples.map(({ id }) => id), auxiliary.map(({ id }, i) => ({ sampleId: id, quality: i / 10, probability: 0.9, density: 0.5, rarity: 0.2, zone: 'realistic' as const })));
    for (const { id } of auxiliary.slice(0, 3)) await accept(projectId, id);
    const rule = { runId, filter: { roles: ['auxiliary' as const], verdicts: ['accepted' as const] } };
    const { count } = await countExport(context, { projectId, ...rule });
    expect(count).toBe(3);
    const started = await startExport(context, { projectId, ...rule });
    expect(started).toMatchObject({ count: 3, state: 'pending', rule, createdBy: 'Lea' });
    await accept(projectId, auxiliary[3]!.id); // after the cut-off: must not be in it
    await accept(projectId, auxiliary[0]!.id, 1, 'skipped');
    const result = await writeExport({ exportId: started.id }, pipelineContext(context));
    const files = await contentOf(result.sha256);
    const manifest = manifestOf(files);
    expect(manifest.files).toHaveLength(count);
    expect(manifest).toMatchObject({ count, exportId: started.id, rule, run: { id: runId, evaluator: 'EAP', seed: 3, features: { fingerprint: 'fp' } } });
    const listed = manifest.files.flatMap(({ mask: own, ...file }) => [file, ...(own === null ? [] : [own])]);
    for (const { path, sha256, bytes } of listed) {
      expect(sha256Of(files.get(path)!)).toBe(sha256);
      expect(files.get(path)).toHaveLength(bytes);
    }
    expect([...files.keys()].sort()).toEqual([...listed.map(({ path }) => path), 'manifest.json', 'samples.csv'].sort());
    expect(manifest.files.every(({ decision, score }) => decision?.verdict === 'accepted' && decision.version === 1 && decision.userName === 'Lea' && score?.zone === 'realistic')).toBe(true);
    expect(manifest.files.map(({ path }) => path)[0]).toMatch(/^metal_plate\/auxiliary\//);
    expect(readMetadata(files.get('samples.csv')!, 'samples.csv').rows.size).toBe(count);
    expect((await listExports(context, { projectId })).exports[0]).toMatchObject({ id: started.id, state: 'ready', sha256: result.sha256, bytes: result.bytes });
  });

  it('comes out the same when it is written again, and is not written twice', async () => {
    const projectId = await world.project();
    await uploadAll(context, projectId, { 'auxiliary/1.png': await png(20), 'auxiliary/2.png': await png(21) });
    const { id: exportId } = await startExport(context, { projectId, runId: null, filter: {} });
    const first = await writeExport({ exportId }, pipelineContext(context));
    expect(await writeExport({ exportId }, pipelineContext(context))).toEqual(first);
    await store().export.update({ where: { id: exportId }, data: { state: 'pending', sha256: null } });
    expect(await writeExport({ exportId }, pipelineContext(context))).toEqual(first);
  });

  it('can be brought into another project with the same roles, defects and masks', async () => {
    const [from, to] = [await world.project(), await world.project()];
    await uploadAll(context, from, { 'train/good/1.png': await png(30), 'test/hole/2.png': await png(31), 'ground_truth/hole/2_mask.png': await png(1), 'auxiliary/dent/3.png': await png(32), 'ground_truth/auxiliary/dent/3_mask.png': await png(1) });
    const { id: exportId } = await startExport(context, { projectId: from, runId: null, filter: {} });
    const { sha256 } = await writeExport({ exportId }, pipelineContext(context));
    const files = Object.fromEntries([...(await contentOf(sha256))].filter(([path]) => path.endsWith('.png')));
    expect((await uploadAll(context, to, files)).result).toEqual({ stored: 5, duplicates: 0, refused: 0 });
    const described = (projectId: string) => store().sample.findMany({ where: { projectId }, select: { sha256: true, role: true, split: true, defectType: true, maskSha256: true }, orderBy: { sha256: 'asc' } });
    expect(await described(to)).toEqual(await described(from));
  });

  it('fails with a reason when its samples, their bytes or their content are gone', async () => {
    const projectId = await world.project();
    await uploadAll(context, projectId, { 'auxiliary/1.png': await png(40), 'auxiliary/2.png': await png(41) });
    const { id: exportId } = await startExport(context, { projectId, runId: null, filter: {} });
    const [one] = await store().sample.findMany({ where: { projectId } });
    const lying = Object.create(blobStore(), { stream: { value: async () => (await import('node:stream')).Readable.from([Buffer.alloc(one!.bytes)]) } }) as ReturnType<typeof blobStore>;
    await expect(writeExport({ exportId }, pipelineContext(context, { blobs: lying }))).rejects.toMatchObject({ code: 'storage.failed' });
    await blobStore().remove(one!.sha256);
    await expect(writeExport({ exportId }, pipelineContext(context))).rejects.toMatchObject({ code: 'request.not_found' });
    await store().sample.delete({ where: { id: one!.id } });
    await expect(writeExport({ exportId }, pipelineContext(context))).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(startExport(context, { projectId, runId: null, filter: { verdicts: ['rejected'] } })).rejects.toMatchObject({ code: 'data.too_few_rows' });
    expect(await store().export.count({ where: { projectId } })).toBe(1);
  });

  it('stops when it is cancelled', async () => {
    const projectId = await world.project();
    await uploadAll(context, projectId, { 'auxiliary/1.png': await png(50) });
    const { id: exportId } = await startExport(context, { projectId, runId: null, filter: {} });
    const cancel = new AbortController();
    const progress = ({ step }: { step?: string }) => void (step === 'writing' && cancel.abort(new Error('cancelled')));
    await expect(writeExport({ exportId }, pipelineContext(context, { signal: cancel.signal, progress }))).rejects.toThrow('cancelled');
    expect(await store().export.findUnique({ where: { id: exportId } })).toMatchObject({ state: 'pending', sha256: null });
  });
});

describe('download', () => {
  it('is bound to the project, resumable, and expires', async () => {
    const projectId = await world.project();
    await uploadAll(context, projectId, { 'auxiliary/1.png': await png(60) });
    const { id: exportId } = await startExport(context, { projectId, runId: null, filter: {} });
    await expect(exportDownload(context, { projectId, exportId })).rejects.toMatchObject({ code: 'request.not_found' });
    const { sha256, bytes } = await writeExport({ exportId }, pipelineContext(context));
    const download = await exportDownload(context, { projectId, exportId });
    expect(download).toMatchObject({ sha256, bytes, fileName: expect.stringMatching(/^project_[0-9a-f]+-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.zip$/) });
    const get = (headers: Record<string, string>) => downloadResponse(new Request('http://x/', { headers }), download, 'application/zip');
    const whole = Buffer.from(await (await get({})).arrayBuffer());
    expect(sha256Of(whole)).toBe(sha256);
    const rest = await get({ range: 'bytes=100-', 'if-range': `"${sha256}"` });
    expect([rest.status, rest.headers.get('content-range'), rest.headers.get('content-length')]).toEqual([206, `bytes 100-${bytes - 1}/${bytes}`, String(bytes - 100)]);
    expect(Buffer.from(await rest.arrayBuffer())).toEqual(whole.subarray(100));
    expect((await get({ range: 'bytes=100-', 'if-range': '"another"' })).status).toBe(200);
    expect((await get({ range: `bytes=${bytes}-` })).status).toBe(416);
    await expect(exportDownload(context, { projectId: await world.project(), exportId })).rejects.toMatchObject({ code: 'request.not_found' });
    await store().export.update({ where: { id: exportId }, data: { expiresAt: new Date(0) } });
    await expect(exportDownload(context, { projectId, exportId })).rejects.toMatchObject({ code: 'export.expired' });
    const next = await startExport(context, { projectId, runId: null, filter: {} });
    await writeExport({ exportId: next.id }, pipelineContext(context));
    expect(await blobStore().size(sha256)).toBeNull();
  });
});

/** Deterministic numbers in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('the rule', () => {
  it('means the same in SQL as on the screen, on random data', async () => {
    const projectId = await world.project();
    const random = generator(7);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const maybe = <T>(value: () => T): T | null => (random() < 0.25 ? null : value());
    const level = () => Math.floor(random() * 8) / 8; // ties with the ends of ranges are wanted
    const rows = new Map<string, FilterRow>();
    const late = new Set<string>();
    const other = await world.person('Other');
    const batches = await Promise.all(['cutpaste', 'draem'].map((name, seed) => store().generation.create({ data: { projectId, generator: name, parameters: {}, seed, count: 1, codeVersion: 'test', state: 'ready' } }).then(({ id }) => id)));
    for (let i = 0; i < 200; i++) {
      const role = pick(sampleRoleSchema.options);
      const texts = { fileName: pick(['Plate_1.png', 'plate%2.png', 'ÄRMEL.png']), folder: pick(['', 'line 3/Night']), generator: maybe(() => pick(['cutpaste', 'draem'])), prompt: maybe(() => pick(['a scratched plate', '50% worn'])) };
      const [batch, tags, note] = [maybe(() => pick(batches)), ['second look', 'night'].filter(() => random() < 0.3), random() < 0.2 ? 'Too straight' : null];
      const { id } = await world.sample(projectId, { role, ...texts, generationId: batch, generationIndex: batch === null ? null : i, defectType: maybe(() => pick(['crack', 'dent', "it's; DROP"])) });
      await store().sampleTag.createMany({ data: tags.map((tag) => ({ projectId, sampleId: id, tag, userId: lead.userId })) });
      if (note !== null) await store().decision.create({ data: { projectId, sampleId: id, userId: lead.userId, verdict: 'skipped', note, version: 1 } });
      const scored = role === 'auxiliary' && random() < 0.9;
      if (random() < 0.1) late.add(id);
      const verdict = maybe(() => pick(verdictSchema.options));
      const score = scored && !late.has(id)
        ? { quality: level(), probability: maybe(level), density: maybe(level), rarity: maybe(level), zone: maybe(() => pick(zoneSchema.options)) }
        : { quality: null, probability: null, density: null, rarity: null, zone: null };
      const { defectType } = await store().sample.findUniqueOrThrow({ where: { id } });
      rows.set(id, { ...score, role, verdict, reason: verdict === 'rejected' ? pick(rejectReasonSchema.options) : null, defectType, tags, generator: texts.generator, batch, reviewer: verdict === null ? null : pick([lead.userId, other.userId]), text: [texts.fileName, texts.folder, defectType, texts.generator, texts.prompt, ...tags, note].join('\n') });
    }
    const runId = await runOver(projectId, [...rows.keys()].filter((id) => !late.has(id)), [...rows].flatMap(([sampleId, { quality, probability, density, rarity, zone }]) => (quality === null ? [] : [{ sampleId, quality, probability, density, rarity, zone }])));
    await store().sampleState.createMany({ data: [...rows].slice(0, 150).map(([sampleId, { verdict, reason, reviewer }]) => ({ sampleId, projectId, verdict, reason, version: 1, decisionId: randomUUID(), userId: reviewer ?? lead.userId })) });
    for (const [sampleId, row] of [...rows].slice(150)) rows.set(sampleId, { ...row, verdict: null, reason: null, reviewer: null });

    const list = <T>(options: readonly T[]): T[] => options.filter(() => random() < 0.5);
    const range = (): [number | null, number | null] => [maybe(level), maybe(level)];
    let selected = 0;
    for (let trial = 0; trial < 300; trial++) {
      const often = <T>(value: () => T, key: string) => (random() < 0.3 ? { [key]: value() } : {});
      const filter: RankingFilter = {
        ...often(() => list(sampleRoleSchema.options), 'roles'), ...often(() => list(zoneSchema.options), 'zones'), ...often(() => list([...verdictSchema.options, null]), 'verdicts'),
        ...often(() => list(rejectReasonSchema.options), 'reasons'), ...often(() => list(['crack', 'dent', "it's; DROP"]), 'defectTypes'),
        ...often(range, 'quality'), ...often(range, 'probability'), ...often(range, 'density'), ...often(range, 'rarity'),
        ...often(() => list(['second look', 'night', 'none']), 'tags'), ...often(() => list(['cutpaste', 'draem']), 'generators'), ...often(() => list(batches), 'batches'), ...often(() => list([lead.userId, other.userId]), 'reviewers'),
        ...often(() => pick(['PLATE', 'night', 'too plate', '%', 'ä', 'line_3', "it's png", 'straight scratched']), 'text'),
      };
      const holds = filterPredicate(filter);
      const expected = [...rows].filter(([id, row]) => !late.has(id) && holds(row)).map(([id]) => id).sort();
      const sql = await selectionOf(store(), projectId, { runId, filter });
      const found = await store().$queryRaw<{ id: string }[]>`SELECT s."id" ${sql}`;
      expect(found.map(({ id }) => id).sort(), JSON.stringify(filter)).toEqual(expected);
      selected += expected.length;
    }
    expect(selected).toBeGreaterThan(500);
    await expect(countExport(context, { projectId: await world.project(), runId, filter: {} })).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('freezes a consistent cut-off while people go on deciding', async () => {
    const projectId = await world.project();
    const samples = await Promise.all(Array.from({ length: 40 }, () => world.sample(projectId)));
    const others = openStore(database.url);
    let done = false;
    const deciding = (async () => {
      for (const { id } of samples) await decide({ ...context, store: others }, decisionInputSchema.parse({ projectId, sampleId: id, verdict: 'accepted', expectedVersion: 0 }));
      done = true;
    })();
    const frozen: { id: string; count: number; cutOffAt: string }[] = [];
    for (let last = false; !last; ) {
      last = done;
      const started = await startExport(context, { projectId, runId: null, filter: { verdicts: ['accepted'] } }).catch((error: { code: string }) => {
        expect(error.code).toBe('data.too_few_rows'); // nobody has decided yet
        return undefined;
      });
      if (started !== undefined) frozen.push(started);
    }
    await deciding;
    await others.$disconnect();
    expect(frozen.at(-1)!.count).toBe(40);
    for (const { id, count, cutOffAt } of frozen) {
      expect(await store().decision.count({ where: { projectId, createdAt: { lte: new Date(cutOffAt) } } })).toBe(count);
      expect(await store().exportSample.count({ where: { exportId: id } })).toBe(count);
    }
  });
});
