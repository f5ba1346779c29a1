import { decodeColumns } from '@/lib/api/contracts/columns';
import type { ExportRule } from '@/lib/api/contracts/exports';
import { setEnvironment } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import type { ServiceContext } from '@/lib/services/context';
import { countExport } from '@/lib/services/exports';
import { sampleFacts, textMatches } from '@/lib/services/sample-facts';
import { listSamples } from '@/lib/services/samples';
import { listStates } from '@/lib/services/states';
import { store } from '@/lib/store/client';
import { openDatabase } from '@/lib/store/embedded/open';
import { selectionOf } from '@/lib/store/exports/selection';
import { Prisma } from '@/lib/store/generated/client';
import { chooseAuxiliary } from '@/lib/store/selections/auxiliary';
import { cpuSecondsOf, ownersContext } from '../instance';
import { cells, median, printHead, timed } from '../table';

const times = 15;

/** A question: how it is asked, and how many rows it is answered with. */
type Question = readonly [what: string, ask: () => Promise<number>];

/** Opens the database of a data folder that an earlier call made, and asks it alone. */
export async function measureQueriesAlone(dataDir: string | undefined, projectName: string): Promise<void> {
  if (dataDir === undefined) throw new Error('--queries asks a project that was kept: name its folder with --data');
  setEnvironment({ ASSAY_DATA_DIR: dataDir, DATABASE_URL: undefined });
  const database = await openDatabase('npm run bench');
  try {
    const { id } = await store().project.findUniqueOrThrow({ where: { name: projectName } });
    await measureQueries(await ownersContext(), id);
  } finally {
    await store().$disconnect();
    await database.close();
  }
}

/**
 * What screens, exports and selections ask of the database, again and again; nothing is written. Beside the wall clock it tells the processor
 * time of this process and of the database's together, which other programs on the machine hardly change.
 */
export async function measureQueries(context: ServiceContext, projectId: string): Promise<void> {
  const { id: runId } = await context.store.run.findFirstOrThrow({ where: { projectId, evaluator: 'EAP', state: 'ready' }, orderBy: { createdAt: 'asc' } });
  console.log('');
  printHead(['question', 'rows', 'CPU ms, mean', `ms, median of ${times}`, 'ms, worst']);
  for (const [what, ask] of questions(context, projectId, runId)) {
    let rows = await ask(); // not counted: the first one reads from the disk
    const taken: number[] = [];
    const cpuBefore = await cpuMs(context);
    for (let i = 0; i < times; i += 1) {
      const { value, seconds } = await timed(ask);
      rows = value;
      taken.push(seconds * 1000);
    }
    const cpu = ((await cpuMs(context)) - cpuBefore) / times;
    console.log(cells([what, String(rows), cpu.toFixed(0), median(taken).toFixed(0), Math.max(...taken).toFixed(0)]));
  }
}

/** Of this process and of the one at the other end of its connection: questions that follow each other use the same. */
async function cpuMs({ store: database }: ServiceContext): Promise<number> {
  const [connection] = await database.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS "pid"`;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + 1000 * cpuSecondsOf(connection?.pid ?? process.pid);
}

function questions(context: ServiceContext, projectId: string, runId: string): readonly Question[] {
  const found = async (text: string) => rowsOf(await textMatches(context, { projectId, text }));
  const page = async (q: string) => (await listSamples(context, { projectId, q, limit: 100 })).items.length;
  const count = async (filter: Filter) => (await countExport(context, { projectId, runId, filter })).count;
  const ids = (filter: Filter) => idsOf(context, projectId, { runId, filter });
  const accepted: Filter = { roles: ['auxiliary'], verdicts: ['accepted'] };
  return [
    ['search, a word of a quarter of the samples', () => found('dent')],
    ['search, two words', () => found('stable stain')],
    ['search, a file name', () => found('049999.jpg')],
    ['search, a word that nothing holds', () => found('zebra')],
    ['first page of a search', () => page('dent')],
    ['first page of a search, a word that nothing holds', () => page('zebra')],
    ['count of the accepted', () => count(accepted)],
    ['count of the accepted, with a search', () => count({ ...accepted, text: 'dent' })],
    ['ids of the accepted, as an export takes them', () => ids(accepted)],
    ['ids of the accepted, as a selection of models takes them', () => acceptedOf(context, projectId)],
    ['ids of the undecided, as an export takes them', () => ids({ roles: ['auxiliary'], verdicts: [null] })],
    ['verdicts of all', async () => (await listStates(context, { projectId })).states.length],
    ['generator, prompt and tags of all', async () => rowsOf(await sampleFacts(context, { projectId }))],
  ];
}

type Filter = ExportRule['filter'];

function rowsOf(columns: Uint8Array<ArrayBuffer>): number {
  return decodeColumns(columns.buffer).rows;
}

async function idsOf({ store: database }: ServiceContext, projectId: string, rule: ExportRule): Promise<number> {
  const rows = await database.$queryRaw<{ id: string }[]>(Prisma.sql`SELECT s."id" ${await selectionOf(database, projectId, rule)}`);
  return rows.length;
}

/** Of none an error tells; a project in which nobody decided has none. */
async function acceptedOf({ store: database }: ServiceContext, projectId: string): Promise<number> {
  try {
    const source = { kind: 'auxiliary', which: 'accepted', runId: null, evaluator: null, generationId: null, folder: null } as const;
    return (await chooseAuxiliary(database, projectId, source)).sampleIds.length;
  } catch (error) {
    if (error instanceof AssayError && error.code === 'data.too_few_rows') return 0;
    throw error;
  }
}
