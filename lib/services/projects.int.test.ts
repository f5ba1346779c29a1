import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectOverviewSchema } from '@/lib/api/contracts/projects';
import type { Actor } from '@/lib/auth/actor';
import { localOwnerEmail } from '@/lib/auth/sign-in-link';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { sessionOf, setPreferences } from './account';
import { listHistory } from './history';
import { listMembers, removeMember, setMember } from './members';
import { projectOverview } from './overview';
import { createProject, deleteProject, listProjects, updateProject } from './projects';
import { World } from './testing/world';
import { createUser, listUsers, removeUser, renewSignInLink, setUserAdmin } from './users';

let database: FreshDatabase;
let world: World;
let ann: Actor;
let bob: Actor;
let admin: Actor;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  [ann, bob, admin] = [await world.person('Ann'), await world.person('Bob'), await world.person('Root', { isAdmin: true })];
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

describe('projects', () => {
  it('make their creator lead and are seen by members and administrators only', async () => {
    const project = await createProject(world.context(ann), { name: 'Plates', objectName: 'metal plate' });
    expect(project).toMatchObject({ role: 'lead', sampleCount: 0 });
    const seenBy = async (actor: Actor) => (await listProjects(world.context(actor))).projects.map(({ id, role }) => ({ id, role }));
    expect(await seenBy(ann)).toEqual([{ id: project.id, role: 'lead' }]);
    expect(await seenBy(bob)).toEqual([]);
    expect(await seenBy(admin)).toEqual([{ id: project.id, role: 'lead' }]);
    await expect(createProject(world.context(bob), { name: 'Plates', objectName: 'x' })).rejects.toMatchObject({ code: 'request.conflict' });
    await updateProject(world.context(ann), { projectId: project.id, objectName: 'steel plate' });
    const { items } = await listHistory(world.context(ann), { projectId: project.id, limit: 10 });
    expect(items.map(({ sentence }) => sentence)).toEqual([
      'Ann changed what is inspected from metal plate to steel plate.',
      'Ann created the project Plates (metal plate).',
    ]);
  });

  it('are deleted only with their name as confirmation, and the deletion is remembered', async () => {
    const { id: projectId, name } = await createProject(world.context(ann), { name: 'Tiles', objectName: 'tile' });
    await world.sample(projectId);
    await expect(deleteProject(world.context(ann), { projectId, name: 'tiles' })).rejects.toMatchObject({ code: 'request.invalid' });
    await deleteProject(world.context(ann), { projectId, name });
    expect(await store().sample.count({ where: { projectId } })).toBe(0);
    expect(await store().auditEvent.findFirst({ where: { type: 'project.deleted' } })).toMatchObject({ projectId: null, userId: ann.userId, payload: { name: 'Tiles', samples: 1, by: 'Ann' } });
    await expect(deleteProject(world.context(ann), { projectId, name })).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('tell the state of every stage', async () => {
    const { id: projectId } = await createProject(world.context(ann), { name: 'Overview', objectName: 'tile' });
    await world.sample(projectId, { role: 'normal' });
    const aux = [await world.sample(projectId, { qualityLabel: 'realistic' }), await world.sample(projectId), await world.sample(projectId)];
    await store().sampleState.create({ data: { sampleId: aux[0]!.id, projectId, verdict: 'accepted', version: 1, decisionId: randomUUID(), userId: ann.userId } });
    await store().sampleState.create({ data: { sampleId: aux[1]!.id, projectId, verdict: null, version: 2, decisionId: randomUUID(), userId: ann.userId } });
    await store().job.create({ data: { projectId, kind: 'score', state: 'running', input: {} } });
    await store().upload.create({ data: { projectId, files: { create: [{ path: 'a.svg', bytes: 3n, state: 'refused' }, { path: 'b.png', bytes: 3n }] } } });
    const overview = await projectOverview(world.context(ann), { projectId });
    expect(projectOverviewSchema.parse(overview)).toMatchObject({
      sampleCount: 4,
      samples: { normal: 1, anomaly: 0, auxiliary: 3, labelled: 1, refused: 1 },
      featureSets: 0,
      latestRun: null,
      review: { accepted: 1, rejected: 0, skipped: 0, auxiliary: 3 },
      activeJobs: 1,
    });
  });
});

describe('members', () => {
  it('come, change and go, but the last lead stays', async () => {
    const { id: projectId } = await createProject(world.context(ann), { name: 'Team', objectName: 'tile' });
    await setMember(world.context(ann), { projectId, email: bob.email.toUpperCase(), role: 'viewer' });
    await setMember(world.context(ann), { projectId, email: bob.email, role: 'inspector' });
    expect((await listMembers(world.context(ann), { projectId })).members.map(({ name, role }) => `${name} ${role}`)).toEqual(['Ann lead', 'Bob inspector']);
    await expect(setMember(world.context(ann), { projectId, email: ann.email, role: 'viewer' })).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(removeMember(world.context(ann), { projectId, userId: ann.userId })).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(setMember(world.context(ann), { projectId, email: 'nobody@example.org', role: 'viewer' })).rejects.toMatchObject({ code: 'request.not_found' });
    await removeMember(world.context(ann), { projectId, userId: bob.userId });
    const { items } = await listHistory(world.context(ann), { projectId, limit: 3 });
    expect(items.map(({ sentence }) => sentence)).toEqual([
      'Ann removed Bob (inspector) from the members.',
      'Ann changed the role of Bob from viewer to inspector.',
      'Ann made Bob a member with the role viewer.',
    ]);
  });

  it('two leads who remove each other at once leave one', async () => {
    const projectId = await world.project([[ann, 'lead'], [bob, 'lead']]);
    const results = await Promise.allSettled([
      removeMember(world.context(ann), { projectId, userId: bob.userId }),
      removeMember(world.context(bob), { projectId, userId: ann.userId }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('accounts', () => {
  it('are made by an administrator with a link, and cannot be taken from oneself or the local owner', async () => {
    const { user, signInLink } = await createUser(world.context(admin), { name: 'Carl', email: 'Carl@Example.org', isAdmin: false });
    expect(user.email).toBe('carl@example.org');
    expect(signInLink).toContain('/sign-in/link?token=');
    await expect(createUser(world.context(admin), { name: 'Other', email: 'carl@example.org', isAdmin: false })).rejects.toMatchObject({ code: 'request.conflict' });
    expect((await renewSignInLink(world.context(admin), { userId: user.id })).signInLink).not.toBe(signInLink);
    expect(await setUserAdmin(world.context(admin), { userId: user.id, isAdmin: true })).toMatchObject({ isAdmin: true });
    await expect(setUserAdmin(world.context(admin), { userId: admin.userId, isAdmin: false })).rejects.toMatchObject({ code: 'request.conflict' });
    const owner = await store().user.create({ data: { id: randomUUID(), name: 'Owner', email: localOwnerEmail, isAdmin: true } });
    await expect(removeUser(world.context(admin), { userId: owner.id })).rejects.toMatchObject({ code: 'request.conflict' });
    await removeUser(world.context(admin), { userId: user.id });
    expect((await listUsers(world.context(admin))).users.map(({ name }) => name)).not.toContain('Carl');
    expect(await store().verification.count({ where: { value: user.id } })).toBe(0);
  });

  it('keep the preferences that a change does not name', async () => {
    await setPreferences(world.context(bob), { theme: 'dark' });
    await setPreferences(world.context(bob), { keys: { accept: 'y' } });
    expect(await sessionOf(world.context(bob))).toMatchObject({ user: { name: 'Bob' }, hasPassword: false, mustSetPassword: false, preferences: { theme: 'dark', keys: { accept: 'y' } } });
  });
});
