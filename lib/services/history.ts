import type { z } from 'zod';
import { idSchema } from '@/lib/api/contracts/common';
import type { HistoryEvent, historyPeopleSchema, HistoryKind, historyQuerySchema } from '@/lib/api/contracts/history';
import { familiesOf, kindOf, subjectOf } from '@/lib/audit/kinds';
import { sentenceOf } from '@/lib/audit/sentence';
import { AssayError } from '@/lib/errors';
import { Prisma, type AuditEvent, type PrismaClient } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { namesOf } from './names';
import { toPage, type Page } from './pages';

type Asked = { projectId: string } & Partial<z.output<typeof historyQuerySchema>> & { limit: number };
type Row = Pick<AuditEvent, 'id' | 'type' | 'userId' | 'payload' | 'createdAt'>;

/**
 * Events of a project, newest first, one keyset page. Filters narrow it: who, what kind, when (`from` <= time < `to`), and a
 * text that a value of the event holds (names of files and people, as they were then).
 */
export async function listHistory({ store }: ServiceContext, { projectId, limit, ...filter }: Asked): Promise<Page<HistoryEvent>> {
  const conditions = [Prisma.sql`e."projectId" = ${projectId}::uuid`, ...afterId(filter.cursor), ...narrowing(filter)];
  const events = await store.$queryRaw<Row[]>`
    SELECT e."id", e."type", e."userId", e."payload", e."createdAt" FROM "AuditEvent" e
    WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY e."id" DESC LIMIT ${limit + 1}`;
  const [names, there] = await Promise.all([namesOf(store, events.map(({ userId }) => userId)), samplesThere(store, projectId, events)]);
  return toPage(events.map((event) => toEvent(event, names, there)), limit);
}

/** Everybody who did something in the project, by name; those without an account any more are left out. */
export async function historyPeople({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof historyPeopleSchema>> {
  // Steps from person to person along the index, however many events each has.
  const people = await store.$queryRaw<{ userId: string; name: string }[]>`
    WITH RECURSIVE actor AS (
      (SELECT "userId" FROM "AuditEvent" WHERE "projectId" = ${projectId}::uuid AND "userId" IS NOT NULL ORDER BY "userId" LIMIT 1)
      UNION ALL
      SELECT (SELECT e."userId" FROM "AuditEvent" e WHERE e."projectId" = ${projectId}::uuid AND e."userId" > actor."userId" ORDER BY e."userId" LIMIT 1)
      FROM actor WHERE actor."userId" IS NOT NULL
    )
    SELECT u."id" AS "userId", u."name" FROM actor JOIN "User" u ON u."id" = actor."userId" ORDER BY u."name", u."id"`;
  return { people };
}

function afterId(cursor: string | undefined): Prisma.Sql[] {
  if (cursor === undefined) return [];
  if (!idSchema.safeParse(cursor).success) throw new AssayError('request.invalid', 'The cursor is not one that a page answered.');
  return [Prisma.sql`e."id" < ${cursor}::uuid`];
}

function narrowing({ userId, kind, from, to, text }: Partial<z.output<typeof historyQuerySchema>>): Prisma.Sql[] {
  return [
    ...(userId === undefined ? [] : [Prisma.sql`e."userId" = ${userId}`]),
    ...(kind === undefined ? [] : [ofKind(kind)]),
    ...(from === undefined ? [] : [Prisma.sql`e."createdAt" >= ${from}::timestamptz`]),
    ...(to === undefined ? [] : [Prisma.sql`e."createdAt" < ${to}::timestamptz`]),
    ...(text === undefined || text === '' ? [] : [saying(text)]),
  ];
}

function ofKind(kind: HistoryKind): Prisma.Sql {
  const families = familiesOf(kind);
  return kind === 'other' ? Prisma.sql`split_part(e."type", '.', 1) <> ALL(${families}::text[])` : Prisma.sql`split_part(e."type", '.', 1) = ANY(${families}::text[])`;
}

/** Values only, as names of fields are no words of the event. The whole payload as text is looked at first, which is quicker. */
function saying(text: string): Prisma.Sql {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  // Within JSON, quotes and backslashes are written otherwise.
  const first = /["\\]/.test(text) ? Prisma.sql`true` : Prisma.sql`e."payload"::text ILIKE ${pattern}`;
  return Prisma.sql`${first} AND EXISTS (SELECT 1 FROM jsonb_each_text(e."payload") part WHERE part.value ILIKE ${pattern})`;
}

async function samplesThere(store: PrismaClient, projectId: string, events: readonly Row[]): Promise<ReadonlySet<string>> {
  const ids = events.flatMap((event) => {
    const subject = subjectOf(event);
    return subject?.kind === 'sample' && subject.id !== null && idSchema.safeParse(subject.id).success ? [subject.id] : [];
  });
  if (ids.length === 0) return new Set();
  const rows = await store.sample.findMany({ where: { projectId, id: { in: [...new Set(ids)] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

function toEvent(event: Row, names: ReadonlyMap<string, string>, there: ReadonlySet<string>): HistoryEvent {
  const userName = (event.userId === null ? undefined : names.get(event.userId)) ?? textOf(event.payload, 'by');
  const subject = subjectOf(event);
  return {
    id: event.id,
    type: event.type,
    kind: kindOf(event.type),
    sentence: sentenceOf(event, userName),
    userName,
    subject: subject?.kind === 'sample' && !there.has(subject.id ?? '') ? null : subject,
    groupId: textOf(event.payload, 'groupId'),
    count: numberOf(event.payload, 'count'),
    createdAt: event.createdAt.toISOString(),
  };
}

function fieldOf(payload: unknown, name: string): unknown {
  return typeof payload === 'object' && payload !== null ? (payload as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Among others `by`: the name that the account had when it acted; the account itself may be gone. */
function textOf(payload: unknown, name: string): string | null {
  const value = fieldOf(payload, name);
  return typeof value === 'string' ? value : null;
}

function numberOf(payload: unknown, name: string): number | null {
  const value = fieldOf(payload, name);
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}
