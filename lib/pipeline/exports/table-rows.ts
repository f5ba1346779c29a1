import type { ManifestHead } from '@/lib/api/contracts/export-manifest';
import type { TableHead, TableRow } from '@/lib/export/table-columns';
import { exportPages, exportPlaces, type ExportPlaces } from '@/lib/store/exports/files';
import { exportHead } from '@/lib/store/exports/head';
import type { PrismaClient } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';
import type { FrozenExport } from './frozen-export';
import { otherRuns } from './other-runs';
import { standingOf, standingsIn, type Standings } from './standings';

/** A table that waits to be written: what all rows share, and the rows page by page. */
export type ExportTable = { readonly table: TableHead; readonly pages: AsyncIterable<readonly TableRow[]> };

/**
 * The rows of an export, best quality first and those without a score last, in order of id. Held in memory are the places
 * and ranks of all samples, and everything else a page at a time.
 */
export async function exportTable(frozen: FrozenExport, context: PipelineContext): Promise<ExportTable> {
  const { store } = context;
  const places = await exportPlaces(frozen, frozen.project.objectName, context);
  const head = await exportHead(frozen, store);
  const others = head.run === null ? [] : await otherRuns({ id: head.run.id, featureSetId: head.run.features.id, evaluator: head.run.evaluator }, frozen.cutOffAt, store);
  const rowOf = new Map([...places.keys()].map((id, row) => [id, row]));
  const runIds = [...(head.run === null ? [] : [head.run.id]), ...others.map(({ id }) => id)];
  const standings: Standings[] = [];
  for (const runId of runIds) standings.push(await standingsIn(runId, frozen.id, rowOf, store));
  const table = { head, others: others.map(({ id, evaluator }) => ({ runId: id, evaluator })) };
  return { table, pages: rowPages({ frozen, head, places, rowOf, standings }, context) };
}

type Known = { readonly frozen: FrozenExport; readonly head: ManifestHead; readonly places: ExportPlaces; readonly rowOf: ReadonlyMap<string, number>; readonly standings: readonly Standings[] };

async function* rowPages({ frozen, head, places, rowOf, standings }: Known, context: PipelineContext): AsyncGenerator<TableRow[]> {
  let done = 0;
  for await (const files of exportPages(frozen, places, inOrder(rowOf, head.run === null ? undefined : standings[0]), context)) {
    const tags = await tagsOf(files.map(({ sampleId }) => sampleId), frozen.cutOffAt, context.store);
    yield files.map((file) => ({ file, tags: tags.get(file.sampleId) ?? [], standings: standings.map((run) => standingOf(run, rowOf.get(file.sampleId) ?? -1)) }));
    done += files.length;
    context.progress({ step: 'writing', done });
  }
}

function inOrder(rowOf: ReadonlyMap<string, number>, run: Standings | undefined): readonly string[] {
  const ids = [...rowOf.keys()];
  if (run === undefined) return ids;
  const rank = (id: string) => run.rank[rowOf.get(id) ?? -1] || Number.MAX_SAFE_INTEGER;
  return ids.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** The tags that samples had at a moment, by sample, in order. Tags that were taken off since are not known any more. */
async function tagsOf(ids: string[], until: Date, store: PrismaClient): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await store.sampleTag.findMany({ where: { sampleId: { in: ids }, createdAt: { lte: until } }, orderBy: { tag: 'asc' }, select: { sampleId: true, tag: true } });
  const tags = new Map<string, string[]>();
  for (const { sampleId, tag } of rows) tags.set(sampleId, [...(tags.get(sampleId) ?? []), tag]);
  return tags;
}
