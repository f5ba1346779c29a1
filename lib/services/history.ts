import type { HistoryEvent } from '@/lib/api/contracts/projects';
import { sentenceOf } from '@/lib/audit/sentence';
import type { ServiceContext } from './context';
import { namesOf } from './names';
import { afterCursor, toPage, type Page } from './pages';

/** Events of a project, newest first, one keyset page. */
export async function listHistory(
  { store }: ServiceContext,
  { projectId, cursor, limit }: { projectId: string; cursor?: string | undefined; limit: number },
): Promise<Page<HistoryEvent>> {
  const events = await store.auditEvent.findMany({
    where: { projectId, ...afterCursor(cursor, 'lt') },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const names = await namesOf(store, events.map(({ userId }) => userId));
  const rows = events.map((event) => {
    const userName = (event.userId === null ? undefined : names.get(event.userId)) ?? nameThen(event.payload);
    return { id: event.id, type: event.type, sentence: sentenceOf(event, userName), userName, createdAt: event.createdAt.toISOString() };
  });
  return toPage(rows, limit);
}

/** The name that the account had when it acted; the account itself may be gone. */
function nameThen(payload: unknown): string | null {
  return typeof payload === 'object' && payload !== null && 'by' in payload && typeof payload.by === 'string' ? payload.by : null;
}
