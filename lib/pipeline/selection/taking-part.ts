import type { SelectionPart } from '@/lib/api/contracts/selections';
import { AssayError } from '@/lib/errors';
import type { Prisma, Selection } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';

export type PartSample = { readonly id: string; readonly defectType: string | null };

/** All samples of a selection by what they are in it. The real ones are both empty unless there are both. */
export type TakingPart = Readonly<Record<SelectionPart, readonly PartSample[]>>;

type Row = Pick<Selection, 'projectId' | 'seedSampleIds' | 'heldOutSampleIds'>;

/**
 * The samples that take part, as far as they still exist. Real normals are those marked as test; without any, training normals that the support
 * set leaves over.
 */
export async function samplesTakingPart({ projectId, seedSampleIds, heldOutSampleIds }: Row, syntheticIds: readonly string[], { store }: PipelineContext): Promise<TakingPart> {
  const find = (where: Prisma.SampleWhereInput) =>
    // By content, not by id: the same files give the same numbers in every import.
    store.sample.findMany({ where: { projectId, excluded: false, ...where }, select: { id: true, defectType: true }, orderBy: { sha256: 'asc' } });
  const named = async (ids: readonly string[], where: Prisma.SampleWhereInput) => {
    const found = new Map((await find({ id: { in: [...ids] }, ...where })).map((sample) => [sample.id, sample]));
    return ids.flatMap((id) => found.get(id) ?? []);
  };
  const support = [...seedSampleIds, ...heldOutSampleIds];
  const anomalies = await find({ role: 'anomaly' });
  const marked = await find({ role: 'normal', split: 'test' });
  const inSupport = new Set(support);
  const normals = marked.length > 0 ? marked : (await find({ role: 'normal' })).filter(({ id }) => !inSupport.has(id));
  const labelled = anomalies.length > 0 && normals.length > 0;
  return {
    seed: await named(seedSampleIds, { role: 'normal' }),
    'held-out': await named(heldOutSampleIds, { role: 'normal' }),
    synthetic: await named(syntheticIds, { role: 'auxiliary' }),
    'real-anomaly': labelled ? anomalies : [],
    'real-normal': labelled ? normals : [],
  };
}

/** Ids of all of them, each once: real normals may not be in the support set, so that no sample is in two parts. */
export function idsOf(parts: TakingPart): string[] {
  return Object.values(parts).flatMap((samples) => samples.map(({ id }) => id));
}

/**
 * Leaves out what some extractor gave no vector of: candidates are compared on the same samples.
 * @throws AssayError `data.too_few_rows` when too little is left
 */
export function commonSamples(parts: TakingPart, held: readonly ReadonlySet<string>[]): { readonly parts: TakingPart; readonly leftOut: number } {
  const everywhere = ({ id }: PartSample) => held.every((set) => set.has(id));
  const kept = {
    seed: parts.seed.filter(everywhere),
    'held-out': parts['held-out'].filter(everywhere),
    synthetic: parts.synthetic.filter(everywhere),
    'real-anomaly': parts['real-anomaly'].filter(everywhere),
    'real-normal': parts['real-normal'].filter(everywhere),
  };
  const labelled = kept['real-anomaly'].length > 0 && kept['real-normal'].length > 0;
  const leftOut = idsOf(parts).length - idsOf(kept).length;
  if (kept.synthetic.length === 0) throw tooFew('no synthetic anomaly', leftOut);
  if (kept['held-out'].length === 0) throw tooFew('no held-out normal', leftOut);
  return { parts: labelled ? kept : { ...kept, 'real-anomaly': [], 'real-normal': [] }, leftOut };
}

function tooFew(what: string, leftOut: number): AssayError {
  const why = leftOut > 0 ? `${leftOut} of the chosen samples gave no vector` : 'the chosen samples were deleted or given another role since';
  return new AssayError('data.too_few_rows', `There is ${what} to compare the candidates by: ${why}.`, { hint: 'Start another selection.' });
}
