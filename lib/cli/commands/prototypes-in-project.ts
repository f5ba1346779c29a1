import pino from 'pino';
import type { PrototypeOptions } from '@/lib/anomaly/prototypes/prototype-options';
import { prototypeSettingsSchema, prototypeSummarySchema, prototypeTailSchema, type PrototypeSettings } from '@/lib/api/contracts/prototypes';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from '@/lib/pipeline/context';
import { findProjectPrototypes } from '@/lib/pipeline/prototypes/find-prototypes';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { stderrProgress } from '../stderr-progress';
import { stopSignal } from '../stop-signal';
import { prototypeColumns } from './prototype-columns';
import { usageOf } from './select-options';
import { writeJson, writeTable } from './select-output';

type Request = {
  readonly project: string;
  readonly featureSet: string | undefined;
  readonly settings: PrototypeSettings;
  readonly longTail: boolean;
  readonly out: string;
  readonly summaryFile: string;
};

type ProjectOptions = PrototypeOptions & Pick<PrototypeSettings, 'candidates' | 'judged'>;

/** Options of the command line as a project keeps them. @throws AssayError `parameter.invalid` */
export function settingsOf({ detector, sizes, methods, fitness, population, generations, randomDraws, seed, candidates, judged }: ProjectOptions): PrototypeSettings {
  const parsed = prototypeSettingsSchema.safeParse({ detector: detector?.id, sizes, methods: methods ?? null, fitness, population: population ?? null, generations: generations ?? null, randomDraws, seed, candidates, judged });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw usageOf('prototypes')(`${issue?.path.join('.') ?? 'An option'} cannot be used in a project: ${issue?.message ?? 'it is out of range'}.`);
}

/** Searches a feature set of a project, as the tab "Normals" does, and writes what it found to files as well. */
export async function prototypesOfProject({ project: name, featureSet, settings, longTail, out, summaryFile }: Request): Promise<void> {
  const context: PipelineContext = { store: store(), blobs: blobStore(), logger: pino({ level: 'silent' }), signal: stopSignal(), progress: stderrProgress() };
  const { projectId, featureSetId } = await setOf(context, name, featureSet);
  const created = await context.store.prototypeSearch.create({ data: { projectId, featureSetId, settings: { ...settings, longTail }, seed: settings.seed, codeVersion: env().version } });
  try {
    await findProjectPrototypes({ searchId: created.id }, context);
  } catch (error) {
    await context.store.prototypeSearch.update({ where: { id: created.id }, data: { state: context.signal.aborted ? 'cancelled' : 'failed' } });
    throw error;
  }
  const search = await context.store.prototypeSearch.findUniqueOrThrow({ where: { id: created.id } });
  const summary = prototypeSummarySchema.parse(search.summary);
  const tail = prototypeTailSchema.parse(search.tail);
  const ids = [...new Set([...tail.map(({ sampleId }) => sampleId), ...summary.chosen.flatMap(({ sampleIds }) => sampleIds)])];
  const samples = await context.store.sample.findMany({ where: { id: { in: ids } }, select: { id: true, folder: true, fileName: true } });
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const nameOf = new Map(samples.map(({ id, folder, fileName }) => [id, folder === '' ? fileName : `${folder}/${fileName}`]));
  const found = {
    chosen: summary.chosen.map(({ method, size, sampleIds }) => ({ method, size, members: sampleIds.map((id) => rowOf.get(id)!) })),
    tail: tail.map(({ sampleId, ...rest }) => ({ row: rowOf.get(sampleId)!, ...rest })),
  };
  await writeTable(out, prototypeColumns(found, ids.map((id) => nameOf.get(id) ?? null)), ids.length);
  await writeJson(summaryFile, { searchId: search.id, settings: search.settings, ...summary, tail });
  if (summary.rows.missing !== null) process.stdout.write(`${summary.rows.missing} So the core-set alone was picked, and nothing judged it.\n`);
  process.stdout.write(`wrote ${ids.length} normals to ${out} in ${summary.seconds.toFixed(1)} s; the project keeps the search\n`);
}

/** The feature set that is asked for, else the newest ready one. @throws AssayError `request.not_found`, `project.private` */
async function setOf({ store: database }: PipelineContext, name: string, wanted: string | undefined): Promise<{ projectId: string; featureSetId: string }> {
  const project = await database.project.findUnique({ where: { name }, select: { id: true, isPrivate: true } });
  if (project === null) throw new AssayError('request.not_found', `There is no project called ${name}.`);
  if (project.isPrivate) throw new AssayError('project.private', `${name} is private: the server computes nothing for it.`, { hint: 'Use --features with vectors in a file.' });
  const sets = await database.featureSet.findMany({ where: { projectId: project.id, state: 'ready' }, select: { id: true }, orderBy: { createdAt: 'desc' } });
  const set = wanted === undefined ? sets[0] : sets.find(({ id }) => id === wanted);
  if (set !== undefined) return { projectId: project.id, featureSetId: set.id };
  throw new AssayError('request.not_found', wanted === undefined ? `${name} has no feature set that is ready.` : `${name} has no ready feature set ${wanted}.`, { hint: 'Extract features on the Features page first.' });
}
