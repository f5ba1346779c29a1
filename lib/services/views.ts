import type { z } from 'zod';
import type { SavedView as SavedViewDto, savedViewListSchema, SaveView } from '@/lib/api/contracts/views';
import { viewPageSchema } from '@/lib/api/contracts/views';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import type { SavedView } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { namesOf } from './names';

/** Saved views of a project, by name. */
export async function listViews({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof savedViewListSchema>> {
  const views = await store.savedView.findMany({ where: { projectId }, orderBy: { name: 'asc' } });
  const names = await namesOf(store, views.map(({ createdById }) => createdById));
  return { views: views.map((view) => toViewDto(view, names)) };
}

/**
 * Keeps a filter under a name, or replaces the name and the filter of a view.
 * @throws AssayError `request.conflict` when another view has the name, `request.not_found`
 */
export async function saveView({ store, actor }: ServiceContext, { projectId, viewId, name, page, address }: SaveView): Promise<SavedViewDto> {
  const view = await store.$transaction(async (transaction) => {
    // Two people who save under one name wait for each other here.
    await transaction.$queryRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId}::uuid FOR NO KEY UPDATE`;
    const namesake = await transaction.savedView.findFirst({ where: { projectId, name, ...(viewId === null ? {} : { id: { not: viewId } }) } });
    if (namesake !== null) throw nameTaken(name);
    if (viewId !== null && (await transaction.savedView.count({ where: { id: viewId, projectId } })) === 0) throw viewNotFound();
    const saved =
      viewId === null
        ? await transaction.savedView.create({ data: { projectId, name, page, address, createdById: actor.userId } })
        : await transaction.savedView.update({ where: { id: viewId }, data: { name, page, address } });
    await recordEvent(transaction, { actor, projectId }, { type: 'view.saved', viewId: saved.id, name, page, created: viewId === null });
    return saved;
  });
  return toViewDto(view, await namesOf(store, [view.createdById]));
}

/** @throws AssayError `request.not_found` */
export async function removeView({ store, actor }: ServiceContext, { projectId, viewId }: { projectId: string; viewId: string }): Promise<{ done: true }> {
  await store.$transaction(async (transaction) => {
    const view = await transaction.savedView.findFirst({ where: { id: viewId, projectId } });
    if (view === null) throw viewNotFound();
    await transaction.savedView.deleteMany({ where: { id: viewId } });
    await recordEvent(transaction, { actor, projectId }, { type: 'view.removed', viewId, name: view.name, page: view.page });
  });
  return { done: true };
}

function nameTaken(name: string): AssayError {
  return new AssayError('request.conflict', `There is a view with the name ${name} already.`, { hint: 'Choose another name, or replace that view.', details: [{ path: 'name', message: 'Taken.' }] });
}

function viewNotFound(): AssayError {
  return new AssayError('request.not_found', 'There is no such view in this project.');
}

function toViewDto({ id, name, page, address, createdById, createdAt, updatedAt }: SavedView, names: ReadonlyMap<string, string>): SavedViewDto {
  return { id, name, page: viewPageSchema.parse(page), address, createdBy: names.get(createdById) ?? null, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
