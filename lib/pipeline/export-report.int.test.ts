import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeColumns, packUuids } from '@/lib/api/contracts/columns';
import { decisionInputSchema } from '@/lib/api/contracts/decisions';
import { pageResponse } from '@/lib/api/download';
import type { ServiceContext } from '@/lib/services/context';
import { decide } from '@/lib/services/decisions';
import { countExport, exportReport, startExport } from '@/lib/services/exports';
import { World } from '@/lib/services/testing/world';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { writeExport } from './export';
import { pipelineContext, png, uploadAll } from './testing/uploading';

let database: FreshDatabase;
let context: ServiceContext;
let projectId: string;
let runId: string;

beforeAll(async () => {
  database = await freshDatabase();
  const world = new World(store());
  const lead = await world.person('Lea <b>');
  context = world.context(lead);
  projectId = await world.project([[lead, 'lead']]);
  await uploadAll(context, projectId, { 'train/good/1.png': await png(1), 'auxiliary/crack/2.png': await png(2), 'auxiliary/crack/3.png': await png(3), 'auxiliary/crack/4.png': await png(4) });
  const samples = await store().sample.findMany({ where: { projectId }, orderBy: { fileName: 'asc' } });
  const [normal, ...auxiliary] = samples;
  const model = await store().model.create({ data: { name: 'net', sha256: 'f'.repeat(64), bytes: 1, manifest: {}, dim: 2 } });
  const set = await store().featureSet.create({ data: { projectId, modelId: model.id, state: 'ready', fingerprint: 'fp-1', runtime: 'node', provider: 'cpu', dim: 2, chunks: { create: { index: 0, sampleIds: samples.map(({ id }) => id), sha256: 'e'.repeat(64) } } } });
  const runOf = async (evaluator: string, qualities: readonly number[]) => {
    const numbers = { type: 'f64' as const, data: Float64Array.from([...qualities, Number.NaN]) };
    const columnsSha256 = await blobStore().put(encodeColumns({ rows: 4, columns: {
      id: { type: 'uuid', data: packUuids([...auxiliary.map(({ id }) => id), normal!.id]) }, role: { type: 'u8', data: Uint8Array.of(0, 0, 0, 1), values: ['auxiliary', 'normal'] },
      quality: numbers, probability: numbers, density: numbers, rarity: numbers, zone: { type: 'u8', data: Uint8Array.of(1, 1, 1, 0), values: ['', 'realistic'] },
    } }));
    const run = await store().run.create({ data: { projectId, featureSetId: set.id, evaluator, preset: 'paper', parameters: {}, seed: 3, codeVersion: '0.1.0', state: 'ready', columnsSha256 } });
    await store().score.createMany({ data: qualities.map((quality, i) => ({ runId: run.id, sampleId: auxiliary[i]!.id, quality, probability: quality, density: quality, rarity: quality, zone: 'realistic' as const })) });
    return run.id;
  };
  runId = await runOf('EAP', [0.9, 0.8, 0.1]);
  await runOf('LAVA', [3, 2, 1]);
  const decisions = [['accepted', null], ['rejected', 'artefact'], ['accepted', null]] as const;
  for (const [i, [verdict, reason]] of decisions.entries()) await decide(context, decisionInputSchema.parse({ projectId, sampleId: auxiliary[i]!.id, verdict, ...(reason === null ? {} : { reason }), expectedVersion: 0, runId }));
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const rule = () => ({ runId, filter: { roles: ['auxiliary' as const], verdicts: ['accepted' as const] } });

describe('the report of an export', () => {
  it('tells of the selection that the button counted, with pictures, decisions and provenance', async () => {
    const { count } = await countExport(context, { projectId, ...rule() });
    const { id: exportId } = await startExport(context, { projectId, ...rule(), format: 'report' });
    const { sha256 } = await writeExport({ exportId }, pipelineContext(context));
    const page = (await buffer(await blobStore().stream(sha256))).toString();
    expect(page).toContain(`${count} samples: accepted auxiliary samples.`);
    expect(page).toContain('Lea &lt;b&gt;');
    expect(page).toContain('fp-1');
    expect(page).toMatch(/Artefact<\/th><td class="number">1</);
    expect(page).toContain('Agreement with the zones</dt><dd>67 %');
    const pictures = page.match(/<img src="data:image\/webp;base64,[A-Za-z0-9+/=]+" alt="\d\.png"/g)!;
    expect(pictures.map((tag) => tag.slice(-6, -1))).toEqual(['2.png', '4.png', '3.png']);
    const selected = await store().sample.findMany({ where: { projectId, fileName: { in: ['2.png', '4.png'] } } });
    expect(page).toContain(createHash('sha256').update(selected.map((sample) => `${sample.sha256}\n`).sort().join('')).digest('hex'));
  });

  it('is shown cut off from everything, and only where it is one', async () => {
    const { id: exportId } = await startExport(context, { projectId, ...rule(), format: 'report' });
    await expect(exportReport(context, { projectId, exportId })).rejects.toMatchObject({ code: 'request.not_found' });
    await writeExport({ exportId }, pipelineContext(context));
    const response = await pageResponse(await exportReport(context, { projectId, exportId }));
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(response.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;/);
    expect(await response.text()).toContain('<!doctype html>');
    const csv = await startExport(context, { projectId, ...rule(), format: 'csv' });
    await writeExport({ exportId: csv.id }, pipelineContext(context));
    await expect(exportReport(context, { projectId, exportId: csv.id })).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('can be made of decisions alone', async () => {
    const { id: exportId } = await startExport(context, { projectId, runId: null, filter: {}, format: 'report' });
    const { sha256 } = await writeExport({ exportId }, pipelineContext(context));
    const page = (await buffer(await blobStore().stream(sha256))).toString();
    expect(page).toContain('4 samples: all samples.');
    expect(page).toContain('it carries decisions and no scores');
  });
});
