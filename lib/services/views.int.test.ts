import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeColumns, unpackUuids } from '@/lib/api/contracts/columns';
import { mostTags, tagSamplesSchema } from '@/lib/api/contracts/tags';
import { saveViewSchema } from '@/lib/api/contracts/views';
import { problemOf } from '@/lib/api/problem';
import type { Actor } from '@/lib/auth/actor';
import { parseFacts } from '@/lib/figures/sample-facts';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { sampleFacts, textMatches } from './sample-facts';
import { listSamples } from './samples';
import { listTags, tagSamples } from './tags';
import { World } from './testing/world';
import { listViews, removeView, saveView } from './views';

let database: FreshDatabase;
let world: World;
let ann: Actor;
let projectId: string;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  ann = await world.person('Ann');
  projectId = await world.project([[ann, 'inspector']]);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const failureOf = (work: Promise<unknown>) => work.then(() => { throw new Error('succeeded'); }, (thrown: unknown) => problemOf(thrown, 'test'));
const tag = (input: object) => tagSamples(world.context(ann), tagSamplesSchema.parse({ projectId, ...input }));
const save = (view: object) => saveView(world.context(ann), saveViewSchema.parse({ projectId, page: 'scores', address: 'tag=a', ...view }));

describe('tags', () => {
  it('are put on samples of this project and taken off, and are found by tag, text and facts', async () => {
    const [one, two] = [await world.sample(projectId, { generator: 'draem' }), await world.sample(projectId)];
    const elsewhere = await world.sample(await world.project());
    expect(await tag({ target: { ids: [one.id, two.id, elsewhere.id] }, add: ['  Second   look '] })).toEqual({ added: 2, removed: 0 });
    expect(await tag({ target: { ids: [one.id] }, add: ['Second look', 'night'], remove: ['night'] })).toEqual({ added: 1, removed: 0 });
    expect(await tag({ target: { rule: { runId: null, filter: { generators: ['draem'] } } }, remove: ['night'] })).toEqual({ added: 0, removed: 1 });
    expect(await listTags(world.context(ann), { projectId })).toEqual({ tags: [{ tag: 'Second look', count: 2 }] });
    expect(await store().sampleTag.count({ where: { sampleId: elsewhere.id } })).toBe(0);
    const facts = parseFacts(decodeColumns((await sampleFacts(world.context(ann), { projectId })).buffer));
    expect(facts.tagSet.names[facts.tagSet.codes[facts.rowOf.get(one.id)!]!]).toBe('["Second look"]');
    expect(facts.generator.names[facts.generator.codes[facts.rowOf.get(one.id)!]!]).toBe('draem');
    expect(facts.generator.codes[facts.rowOf.get(two.id)!]).toBe(0);
    expect(facts.prompt.codes[facts.rowOf.get(two.id)!]).toBe(0);
    const { id } = decodeColumns((await textMatches(world.context(ann), { projectId, text: 'LOOK draem' })).buffer).columns;
    expect(id?.type === 'uuid' && unpackUuids(id.data)).toEqual([one.id]);
    const { items } = await listSamples(world.context(ann), { projectId, limit: 10, tag: 'Second look', q: 'scratch draem' });
    expect(items.map((row) => row.id)).toEqual([one.id]);
  });

  it('stand beside prompts, which may have come with the sample or among its parameters', async () => {
    const other = await world.project([[ann, 'viewer']]);
    const [told, drawn, none] = [await world.sample(other, { prompt: 'a crack, thin' }), await world.sample(other, { parameters: { prompt: 'a dent', seed: 3 } }), await world.sample(other, { prompt: '', parameters: { seed: 3 } })];
    const { prompt, rowOf } = parseFacts(decodeColumns((await sampleFacts(world.context(ann), { projectId: other })).buffer));
    const promptOf = (id: string) => prompt.names[prompt.codes[rowOf.get(id)!]!];
    expect([promptOf(told.id), promptOf(drawn.id)]).toEqual(['a crack, thin', 'a dent']);
    expect(rowOf.has(none.id)).toBe(false);
  });

  it('are limited in number and length', async () => {
    const other = await world.project([[ann, 'inspector']]);
    const { id } = await world.sample(other);
    await store().sampleTag.createMany({ data: Array.from({ length: mostTags }, (_, i) => ({ projectId: other, sampleId: id, tag: `t${i}`, userId: ann.userId })) });
    expect(await failureOf(tagSamples(world.context(ann), tagSamplesSchema.parse({ projectId: other, target: { ids: [id] }, add: ['one more'] })))).toMatchObject({ code: 'request.invalid' });
    expect(await store().sampleTag.count({ where: { projectId: other } })).toBe(mostTags);
    expect(tagSamplesSchema.safeParse({ projectId, target: { ids: [id] }, add: ['x'.repeat(61)] }).success).toBe(false);
    expect(tagSamplesSchema.safeParse({ projectId, target: { ids: [id] }, add: ['  '] }).success).toBe(false);
  });
});

describe('views', () => {
  it('are saved, renamed, replaced and removed; a name is given once', async () => {
    const view = await save({ name: ' Doubtful ' });
    expect(view).toMatchObject({ name: 'Doubtful', page: 'scores', address: 'tag=a', createdBy: 'Ann' });
    expect(await failureOf(save({ name: 'Doubtful' }))).toMatchObject({ status: 409, code: 'request.conflict' });
    const other = await save({ name: 'Others', page: 'map' });
    expect(await failureOf(save({ viewId: other.id, name: 'Doubtful' }))).toMatchObject({ status: 409 });
    expect(await save({ viewId: view.id, name: 'Doubtful', address: 'find=x' })).toMatchObject({ id: view.id, address: 'find=x' });
    expect((await listViews(world.context(ann), { projectId })).views.map(({ name }) => name)).toEqual(['Doubtful', 'Others']);
    await removeView(world.context(ann), { projectId, viewId: view.id });
    expect(await failureOf(removeView(world.context(ann), { projectId, viewId: view.id }))).toMatchObject({ status: 404 });
    expect(await failureOf(removeView(world.context(ann), { projectId: await world.project(), viewId: other.id }))).toMatchObject({ status: 404 });
  });

  it('let one of two people have a name', async () => {
    const outcomes = await Promise.allSettled([save({ name: 'Twice' }), save({ name: 'Twice' })]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('take no address with a fragment', () => {
    expect(saveViewSchema.safeParse({ projectId, name: 'a', page: 'scores', address: 'q=1#x' }).success).toBe(false);
  });
});
