import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportFormat } from '@/lib/api/contracts/exports';
import type { Actor } from '@/lib/auth/actor';
import { decisionInputSchema } from '@/lib/api/contracts/decisions';
import type { ServiceContext } from '@/lib/services/context';
import { decide } from '@/lib/services/decisions';
import { countExport, exportDownload, startExport } from '@/lib/services/exports';
import { World } from '@/lib/services/testing/world';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { writeExport } from './export';
import { pipelineContext } from './testing/uploading';

let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;
let projectId: string;
let runId: string;
let lavaId: string;

const when = new Date('2026-01-02T03:04:05.678Z');

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  projectId = await world.project([[lead, 'lead']]);
  const crack = { defectType: 'crack', folder: 'auxiliary/crack', generator: '=cmd()', prompt: 'a "crack",\nlong', parameters: { strength: 0.5, steps: [1, 2] }, severity: -0.25 };
  const samples = [
    await world.sample(projectId, { fileName: 'a.png', ...crack }),
    await world.sample(projectId, { fileName: 'b.png' }),
    await world.sample(projectId, { fileName: 'c.png' }),
    await world.sample(projectId, { fileName: 'd.png' }),
    await world.sample(projectId, { fileName: 'n.png', role: 'normal', split: 'train', folder: 'train/good' }),
  ];
  const model = await store().model.create({ data: { name: 'net', sha256: 'f'.repeat(64), bytes: 1, manifest: {}, dim: 2 } });
  const set = await store().featureSet.create({
    data: { projectId, modelId: model.id, state: 'ready', fingerprint: 'fp', runtime: 'node', provider: 'cpu', dim: 2, chunks: { create: { index: 0, sampleIds: samples.map(({ id }) => id), sha256: 'e'.repeat(64) } } },
  });
  const runOf = async (evaluator: string, qualities: readonly number[], createdAt = when) => {
    const run = await store().run.create({ data: { projectId, featureSetId: set.id, evaluator, preset: 'paper', parameters: {}, seed: 3, codeVersion: '0.1.0', state: 'ready', createdAt } });
    await store().score.createMany({ data: qualities.map((quality, i) => ({ runId: run.id, sampleId: samples[i]!.id, quality, ...(evaluator === 'EAP' ? { probability: 0.75, density: 0.5, rarity: 0.1, zone: 'realistic' as const, spread: { sd: 0.01, p05: 0.1, p50: 0.2, p95: 0.3, subsets: 20 } } : {}) })) });
    return run.id;
  };
  runId = await runOf('EAP', [0.2, 0.9, 0.9, 0.1]);
  await runOf('LAVA', [1, 1, 1, 1], new Date('2025-01-01'));
  lavaId = await runOf('LAVA', [-1, -2, -3, -4]);
  await runOf('RARITY', [9, 9, 9, 9], new Date(Date.now() + 86_400_000)); // after every cut-off
  await decide(context, decisionInputSchema.parse({ projectId, sampleId: samples[0]!.id, verdict: 'rejected', reason: 'artefact', note: '+1 bad', expectedVersion: 0, runId }));
  await store().sampleTag.createMany({ data: ['seam', 'blurred'].map((tag) => ({ projectId, sampleId: samples[0]!.id, tag, userId: lead.userId })) });
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

/** Starts and writes an export. @returns its content, what the button said, and its download */
async function written(format: ExportFormat, rule: { runId: string | null; filter: object } = { runId, filter: { roles: ['auxiliary'] } }) {
  const { count } = await countExport(context, { projectId, ...rule });
  const { id: exportId, format: shown } = await startExport(context, { projectId, ...rule, format });
  expect(shown).toBe(format);
  const result = await writeExport({ exportId }, pipelineContext(context));
  expect(result.count).toBe(count);
  const content = await buffer(await blobStore().stream(result.sha256));
  expect(content).toHaveLength(result.bytes);
  return { exportId, count, content, download: await exportDownload(context, { projectId, exportId }) };
}

/** What every table says of a.png, apart from types. */
const first = {
  path: 'metal_plate/auxiliary/crack/a.png', original_folder: 'auxiliary/crack', file_name: 'a.png', role: 'auxiliary', defect_type: 'crack', zone: 'realistic', verdict: 'rejected', reason: 'artefact', decided_by: 'Lea',
  evaluator: 'EAP', extractor: 'net', extractor_fingerprint: 'fp',
};

describe('table exports', () => {
  it('CSV: a row per sample, best first, with decision and provenance; formulas are disarmed', async () => {
    const { count, content, exportId, download } = await written('csv');
    expect(download).toMatchObject({ fileName: expect.stringMatching(/\.csv$/), contentType: 'text/csv; charset=utf-8' });
    const rows = parse(content, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(count);
    expect(rows.map(({ file_name, rank, percentile }) => [file_name, rank, Number(percentile)])).toEqual([['b.png', '1', 250 / 3], ['c.png', '1', 250 / 3], ['a.png', '3', 100 / 3], ['d.png', '4', 0]]);
    const [, , a] = rows;
    expect(a).toMatchObject({ ...first, generator: "'=cmd()", prompt: 'a "crack",\nlong', note: "'+1 bad", severity: '-0.25', quality: '0.2', ranked_of: '4', quality_LAVA: '-1', rank_LAVA: '1', spread_p95: '0.3', run_id: runId, export_id: exportId, decision_version: '1', decision_run_id: runId });
    expect(JSON.parse(a!['parameters']!)).toEqual({ strength: 0.5, steps: [1, 2] });
    expect(JSON.parse(a!['tags']!)).toEqual(['blurred', 'seam']);
    expect(Object.keys(a!)).not.toContain('quality_RARITY');
    expect(rows[3]).toMatchObject({ verdict: '', tags: '', parameters: '' });
  });

  it('JSON lines: the same rows, every key in every line, texts as they are', async () => {
    const { count, content } = await written('jsonl');
    const rows = content.toString().trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows).toHaveLength(count);
    expect(rows[2]).toMatchObject({ ...first, generator: '=cmd()', parameters: { strength: 0.5, steps: [1, 2] }, tags: ['blurred', 'seam'], severity: -0.25, rank: 3, rank_LAVA: 1, note: '+1 bad' });
    expect(rows[0]).toMatchObject({ verdict: null, decided_at: null, tags: null });
    expect(new Set(rows.map((row) => Object.keys(row).join())).size).toBe(1);
  });

  it('Parquet: typed columns and the run in its metadata', async () => {
    const { count, content, exportId } = await written('parquet');
    const file = content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer;
    const metadata = parquetMetadata(file);
    expect(Number(metadata.num_rows)).toBe(count);
    const types = Object.fromEntries(metadata.schema.slice(1).map(({ name, type, converted_type }) => [name, converted_type ?? type]));
    expect(types).toMatchObject({ file_name: 'UTF8', quality: 'DOUBLE', rank: 'INT32', decided_at: 'TIMESTAMP_MILLIS', parameters: 'JSON', quality_LAVA: 'DOUBLE', severity: 'DOUBLE' });
    const known = Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]));
    expect(JSON.parse(known['assay.export']!)).toMatchObject({ exportId, count, run: { id: runId, seed: 3, features: { fingerprint: 'fp' } } });
    expect(JSON.parse(known['assay.other_runs']!)).toEqual([{ runId: lavaId, evaluator: 'LAVA' }]);
    const rows = await parquetReadObjects({ file });
    expect(rows[2]).toMatchObject({ ...first, parameters: { strength: 0.5, steps: [1, 2] }, tags: ['blurred', 'seam'], quality: 0.2, rank: 3, percentile: 100 / 3, note: '+1 bad', probability: 0.75 });
    expect(rows[2]!['decided_at']).toBeInstanceOf(Date);
    expect(rows[0]).toMatchObject({ verdict: null, decided_at: null, rank: 1 });
  });

  it('a list: the paths of the folder export, a line each', async () => {
    const { count, content } = await written('list', { runId: null, filter: {} });
    const lines = content.toString().trimEnd().split('\n');
    expect(lines).toHaveLength(count);
    expect(lines.toSorted()).toEqual(['crack/a.png', 'synthetic/b.png', 'synthetic/c.png', 'synthetic/d.png'].map((path) => `metal_plate/auxiliary/${path}`).concat('metal_plate/train/good/n.png'));
  });

  it('without a run there are no ranks, and decisions still', async () => {
    const { content } = await written('jsonl', { runId: null, filter: { verdicts: ['rejected'] } });
    expect(JSON.parse(content.toString())).toMatchObject({ file_name: 'a.png', quality: null, rank: null, run_id: null, verdict: 'rejected' });
  });

  it('a cut-off holds: later decisions and tags change nothing', async () => {
    const rule = { runId, filter: { roles: ['auxiliary' as const] } };
    const { id: exportId } = await startExport(context, { projectId, ...rule, format: 'jsonl' });
    const b = await store().sample.findFirstOrThrow({ where: { projectId, fileName: 'b.png' } });
    await decide(context, decisionInputSchema.parse({ projectId, sampleId: b.id, verdict: 'accepted', expectedVersion: 0 }));
    await store().sampleTag.create({ data: { projectId, sampleId: b.id, tag: 'late', userId: lead.userId } });
    const { sha256 } = await writeExport({ exportId }, pipelineContext(context));
    expect(JSON.parse((await buffer(await blobStore().stream(sha256))).toString().split('\n')[0]!)).toMatchObject({ file_name: 'b.png', verdict: null, tags: null });
    await store().sampleTag.deleteMany({ where: { sampleId: b.id } });
  });

  it('the server writes tables of private projects too, and refuses what needs their images', async () => {
    const hidden = await world.project([[lead, 'lead']]);
    await store().project.update({ where: { id: hidden }, data: { isPrivate: true } });
    await world.sample(hidden, { fileName: 'x.png' });
    const started = await startExport(context, { projectId: hidden, runId: null, filter: {}, format: 'parquet' });
    expect(started.jobId).not.toBeNull();
    expect(await writeExport({ exportId: started.id }, pipelineContext(context))).toMatchObject({ count: 1 });
    expect(await exportDownload(context, { projectId: hidden, exportId: started.id })).toMatchObject({ fileName: expect.stringMatching(/\.parquet$/) });
    for (const format of ['coco', 'fiftyone', 'report'] as const) await expect(startExport(context, { projectId: hidden, runId: null, filter: {}, format })).rejects.toMatchObject({ code: 'project.private' });
    await store().project.update({ where: { id: hidden }, data: { kind: 'vector' } });
    await expect(startExport(context, { projectId: hidden, runId: null, filter: {}, format: 'coco' })).rejects.toMatchObject({ code: 'request.invalid' });
  });
});
