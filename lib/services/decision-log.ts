import { Readable } from 'node:stream';
import type { DecisionLogFormat } from '@/lib/api/contracts/exports';
import { decisionColumns } from '@/lib/export/decision-columns';
import { decisionLogFile } from '@/lib/export/formats';
import { tableCsv, tableJsonLines } from '@/lib/export/table-text';
import { decisionPages } from '@/lib/store/history/decision-pages';
import type { ServiceContext } from './context';
import { databaseClock } from './past-time';

/**
 * Every decision that was ever taken in a project, oldest first, those that were taken back and the undos included; on deleted samples
 * too. Read from the database a page at a time as the client reads.
 */
export async function decisionLog({ store, signal }: ServiceContext, { projectId, format }: { projectId: string; format: DecisionLogFormat }): Promise<{ body: Readable; fileName: string; contentType: string }> {
  const [{ name }, until] = await Promise.all([store.project.findUniqueOrThrow({ where: { id: projectId }, select: { name: true } }), databaseClock(store)]);
  const pages = decisionPages(store, { projectId, until }, signal);
  const text = format === 'csv' ? tableCsv(decisionColumns, pages) : tableJsonLines(decisionColumns, pages);
  return { body: Readable.from(text, { objectMode: false }), ...decisionLogFile({ projectName: name, until: until.toISOString(), format }) };
}
