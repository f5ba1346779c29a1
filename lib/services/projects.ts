import type { z } from 'zod';
import type { actions } from '@/lib/api/contracts/actions';
import type { ProjectRole } from '@/lib/api/contracts/common';
import type { CreateProject, Project as ProjectDto, projectListSchema } from '@/lib/api/contracts/projects';
import { recordEvent } from '@/lib/audit/record';
import { projectNotFound, projectRoleOf } from '@/lib/auth/guard';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import { Prisma, type Project } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { dropThumbnails, removeUnused } from './private-projects';

const counted = { _count: { select: { samples: true } } } as const;
type Counted = Project & { _count: { samples: number } };

/** Projects that the caller may see, newest first; an administrator sees all. */
export async function listProjects({ store, actor }: ServiceContext): Promise<z.infer<typeof projectListSchema>> {
  const projects = await store.project.findMany({
    ...(actor.isAdmin ? {} : { where: { members: { some: { userId: actor.userId } } } }),
    include: { ...counted, members: { where: { userId: actor.userId }, select: { role: true } } },
    orderBy: { createdAt: 'desc' },
  });
  return { projects: projects.map((project) => toProjectDto(project, actor.isAdmin ? 'lead' : (project.members[0]?.role ?? 'viewer'))) };
}

/** Makes a project whose lead is the caller. @throws AssayError `request.conflict` when the name is taken */
export async function createProject({ store, actor }: ServiceContext, input: CreateProject): Promise<ProjectDto> {
  const { name, objectName, isPrivate = false, sendsThumbnails = false } = input;
  return withUniqueName(input.name, () =>
    store.$transaction(async (transaction) => {
      const project = await transaction.project.create({
        data: { name, objectName, isPrivate, sendsThumbnails, createdById: actor.userId, members: { create: { userId: actor.userId, role: 'lead' } } },
        include: counted,
      });
      await recordEvent(transaction, { actor, projectId: project.id }, { type: 'project.created', name, objectName, isPrivate });
      return toProjectDto(project, 'lead');
    }),
  );
}

/**
 * Changes name, object name, or whether thumbnails of a private project may reach the server; those that did are removed
 * when they may not.
 * @throws AssayError `request.conflict` when the name is taken, or thumbnails are set for a project that is not private
 */
export async function updateProject(
  { store, actor }: ServiceContext,
  { projectId, name, objectName, sendsThumbnails }: z.output<(typeof actions)['updateProject']['input']>,
): Promise<ProjectDto> {
  let dropped: string[] = [];
  const updated = await withUniqueName(name ?? '', () =>
    store.$transaction(async (transaction) => {
      const before = await lockProject(transaction, projectId);
      const after = { name: name ?? before.name, objectName: objectName ?? before.objectName };
      const project = await transaction.project.update({ where: { id: projectId }, data: { ...after, ...(sendsThumbnails === undefined ? {} : { sendsThumbnails }) }, include: counted });
      if (sendsThumbnails !== undefined && !project.isPrivate) throw new AssayError('request.conflict', 'The server keeps the images of this project; only a private project chooses whether it sends thumbnails.');
      if (sendsThumbnails === false) dropped = await dropThumbnails(transaction, projectId);
      await recordEvent(transaction, { actor, projectId }, { type: 'project.updated', before, after, ...(sendsThumbnails === undefined ? {} : { sendsThumbnails }) });
      return toProjectDto(project, (await projectRoleOf(actor, projectId, transaction)) ?? 'lead');
    }, { timeout: 60_000 }),
  );
  await removeUnused(store, dropped);
  return updated;
}

/**
 * Deletes a project with everything in it. Bytes stay in the blob store: other projects may hold the same ones.
 * @throws AssayError `request.invalid` when `name` does not repeat the project's name
 */
export async function deleteProject({ store, actor }: ServiceContext, { projectId, name }: { projectId: string; name: string }): Promise<{ done: true }> {
  await store.$transaction(
    async (transaction) => {
      const project = await lockProject(transaction, projectId);
      if (project.name !== name.trim()) {
        throw new AssayError('request.invalid', `The name does not match: this project is called ${project.name}.`, {
          hint: 'Type the name exactly to confirm.',
          details: [{ path: 'name', message: 'Does not match the name of the project.' }],
        });
      }
      const samples = await transaction.sample.count({ where: { projectId } });
      await transaction.project.delete({ where: { id: projectId } });
      await recordEvent(transaction, { actor, projectId: null }, { type: 'project.deleted', deletedProjectId: projectId, name: project.name, samples });
    },
    { timeout: 60_000 },
  );
  return { done: true };
}

/** Locks the project's row until the transaction ends: changes to members and names happen one after another. */
export async function lockProject(transaction: Transaction, projectId: string): Promise<{ name: string; objectName: string }> {
  const [project] = await transaction.$queryRaw<{ name: string; objectName: string }[]>`
    SELECT "name", "objectName" FROM "Project" WHERE "id" = ${projectId}::uuid FOR UPDATE`;
  if (project === undefined) throw projectNotFound();
  return project;
}

/** The project as the contracts describe it. */
export function toProjectDto(project: Counted, role: ProjectRole): ProjectDto {
  return {
    id: project.id,
    name: project.name,
    objectName: project.objectName,
    kind: project.kind,
    isPrivate: project.isPrivate,
    sendsThumbnails: project.sendsThumbnails,
    demoProduct: project.demoProduct,
    createdAt: project.createdAt.toISOString(),
    role,
    sampleCount: project._count.samples,
  };
}

async function withUniqueName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof Prisma.PrismaClientKnownRequestError) || thrown.code !== 'P2002') throw thrown;
    throw new AssayError('request.conflict', `There is already a project called ${name}.`, {
      hint: 'Choose another name.',
      details: [{ path: 'name', message: 'Already taken.' }],
      cause: thrown,
    });
  }
}
