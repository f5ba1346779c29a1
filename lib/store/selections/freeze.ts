import { MIN_SUPPORT, type SelectionKind, type SyntheticSource } from '@/lib/api/contracts/selections';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { Prisma, Selection } from '@/lib/store/generated/client';
import { tooManyPairs } from '../generations/freeze';
import { chooseAuxiliary } from './auxiliary';

/** A detector that learns from held-out normals alone needs one besides the one that it scores. */
const FEWEST_HELD_OUT = 2;

export type SelectionRequest = {
  readonly kind: SelectionKind;
  /** Everything that a person set but the source of synthetic anomalies, which is filled in here. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly synthetic: SyntheticSource;
  /** Draws the support set from the training normals, which are in the order of their files' hashes, and divides it. */
  readonly divide: (normalIds: readonly string[]) => { readonly seeds: readonly string[]; readonly heldOut: readonly string[] };
  /** Of a generator: seed images that it cannot do without, and how many it can make of so many (null: no end). */
  readonly generator: { readonly fewest: number; readonly most: (seedCount: number) => number | null } | null;
  readonly codeVersion: string;
  readonly createdById: string | null;
};

/**
 * Writes down a selection that is to be made. What takes part is chosen now and stays: the two sides of the support set and, unless a generator
 * is to make them, the synthetic anomalies.
 * @throws AssayError `project.private`, `data.too_few_rows` for fewer than four training normals and for an empty source, `data.mixed` for a
 *   generator in a project of feature vectors, `parameter.invalid` when the generator cannot make so many or too few normals are left to compare with, `request.not_found`
 */
export async function freezeSelection(transaction: Transaction, projectId: string, request: SelectionRequest): Promise<Selection> {
  const { kind, settings, synthetic, divide, codeVersion, createdById } = request;
  const project = await transaction.project.findUniqueOrThrow({ where: { id: projectId }, select: { kind: true, isPrivate: true } });
  if (project.isPrivate) throw new AssayError('project.private', 'A selection runs on the server, and the images of this project stay in the browsers of its members.');
  if (project.kind === 'vector' && synthetic.kind === 'generator') {
    throw new AssayError('data.mixed', 'This project holds feature vectors; synthetic anomalies can be made of images only.', { hint: 'Choose the auxiliary rows of the project instead.' });
  }
  const { seeds, heldOut } = divide(await supportNormals(transaction, projectId));
  if (heldOut.length < FEWEST_HELD_OUT) {
    throw new AssayError('parameter.invalid', `Of ${seeds.length + heldOut.length} normals ${seeds.length} would be seed images, and only ${heldOut.length} held out; at least ${FEWEST_HELD_OUT} are needed to compare with.`, { hint: 'Take fewer seed images.' });
  }
  const chosen = synthetic.kind === 'auxiliary' ? await chooseAuxiliary(transaction, projectId, synthetic) : { source: checkedGenerator(synthetic, seeds.length, request), sampleIds: [] };
  const kept = { ...settings, synthetic: chosen.source } as unknown as Prisma.InputJsonObject;
  return transaction.selection.create({
    data: { projectId, kind, settings: kept, seedSampleIds: [...seeds], heldOutSampleIds: [...heldOut], syntheticSampleIds: [...chosen.sampleIds], codeVersion, createdById },
  });
}

async function supportNormals(transaction: Transaction, projectId: string): Promise<string[]> {
  const samples = await transaction.sample.findMany({
    where: { projectId, role: 'normal', excluded: false, OR: [{ split: null }, { split: { not: 'test' } }] },
    select: { id: true },
    // By content, not by id: the same files are divided alike in every import.
    orderBy: { sha256: 'asc' },
  });
  if (samples.length >= MIN_SUPPORT) return samples.map(({ id }) => id);
  throw new AssayError('data.too_few_rows', `There ${samples.length === 1 ? 'is 1 training normal' : `are ${samples.length} training normals`}; a selection needs at least ${MIN_SUPPORT}.`, {
    hint: 'Upload images of good parts, or change the role of some samples to normal. From about 10 on a selection says something.',
  });
}

type GeneratorSource = Extract<SyntheticSource, { kind: 'generator' }>;

function checkedGenerator(source: GeneratorSource, seedCount: number, { generator }: Pick<SelectionRequest, 'generator'>): GeneratorSource {
  const { fewest, most } = generator ?? { fewest: 1, most: () => null };
  if (seedCount < fewest) throw new AssayError('data.too_few_rows', `${source.generator} needs at least ${fewest} seed images, there ${seedCount === 1 ? 'is 1' : `are ${seedCount}`}.`);
  const limit = most(seedCount);
  const wanted = source.perSeed * seedCount;
  if (limit !== null && wanted > limit) throw tooManyPairs(seedCount, limit, wanted, `Take more seed images, or at most ${Math.floor(limit / seedCount)} anomalies of each.`);
  return source;
}
