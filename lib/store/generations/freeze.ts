import type { GeneratorParameters, SeedSelection } from '@/lib/api/contracts/generators';
import { MAX_SEED_SAMPLES } from '@/lib/api/contracts/generators';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { Generation, Prisma, QualityLabel } from '@/lib/store/generated/client';

/** Training normals: those that are neither excluded nor marked as test. */
const trainingNormals: Prisma.SampleWhereInput = { role: 'normal', excluded: false, OR: [{ split: null }, { split: { not: 'test' } }] };

export type GenerationRequest = {
  readonly generator: string;
  /** Checked, defaults filled in. */
  readonly parameters: GeneratorParameters;
  readonly count: number;
  readonly seed: number;
  readonly seeds: SeedSelection;
  /** Draws so many of the chosen ones, which are in the order of their ids. */
  readonly limit: (ids: readonly string[]) => readonly string[];
  /** Seed images that the generator cannot do without. */
  readonly fewest: number;
  /** How many images it can make of so many; null where there is no end. */
  readonly most: (seedCount: number) => number | null;
  readonly qualityLabel: QualityLabel | null;
  readonly diffusionModelId: string | null;
  readonly codeVersion: string;
  readonly createdById: string | null;
  /** Whether the caller can leave the making to a browser, as private projects need. */
  readonly browserMayMake: boolean;
};

/** Ids of the training normals of a project, in their order. */
export async function trainingNormalIds(transaction: Pick<Transaction, 'sample'>, projectId: string): Promise<string[]> {
  const samples = await transaction.sample.findMany({ where: { projectId, ...trainingNormals }, select: { id: true }, orderBy: { id: 'asc' } });
  return samples.map(({ id }) => id);
}

/**
 * Writes down a batch of synthetic anomalies that is to be made: its seed samples are chosen now and stay.
 * @throws AssayError `data.mixed` for a project of feature vectors, `project.private`, `data.too_few_rows`, `request.not_found` for samples that
 *   are not there, `parameter.invalid` for chosen samples that are no normals, and for more images than the generator can make of them
 */
export async function freezeGeneration(transaction: Transaction, projectId: string, request: GenerationRequest): Promise<Generation> {
  const { kind, isPrivate } = await transaction.project.findUniqueOrThrow({ where: { id: projectId }, select: { kind: true, isPrivate: true } });
  if (kind === 'vector') throw new AssayError('data.mixed', 'This project holds feature vectors; anomalies are made of images.');
  const { seeds, limit, fewest, most, browserMayMake, ...kept } = request;
  if (isPrivate && !browserMayMake) {
    throw new AssayError('project.private', 'The server cannot make anomalies of images that stay in the browsers of the members.', { hint: 'The Generate page makes them in a browser, with every generator that needs no network.' });
  }
  const chosen = seeds === 'training' ? await trainingNormalIds(transaction, projectId) : await chosenNormals(transaction, projectId, seeds);
  const seedSampleIds = [...limit(chosen)].slice(0, MAX_SEED_SAMPLES);
  if (seedSampleIds.length < fewest) {
    throw new AssayError('data.too_few_rows', `There ${seedSampleIds.length === 1 ? 'is 1 seed image' : `are ${seedSampleIds.length} seed images`}; this generator needs at least ${fewest}.`, {
      hint: 'Upload images of good parts, or change the role of some samples to normal.',
    });
  }
  const possible = most(seedSampleIds.length);
  if (possible !== null && request.count > possible) throw tooManyPairs(seedSampleIds.length, possible, request.count, `Ask for at most ${possible}, or take more seed images.`);
  return transaction.generation.create({ data: { ...kept, projectId, seedSampleIds } });
}

/** DiffStyle makes one image of each pair of a style and a content image. */
export function tooManyPairs(seedCount: number, pairs: number, wanted: number, hint: string): AssayError {
  return new AssayError('parameter.invalid', `${seedCount} seed images make ${pairs} pairs of style and content, one image each; ${wanted} were asked for.`, { hint });
}

async function chosenNormals(transaction: Transaction, projectId: string, ids: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(ids)];
  const found = await transaction.sample.findMany({ where: { projectId, id: { in: wanted } }, select: { id: true, role: true, fileName: true }, orderBy: { id: 'asc' } });
  if (found.length < wanted.length) throw new AssayError('request.not_found', 'Some of the chosen seed samples are not in this project.');
  const other = found.find(({ role }) => role !== 'normal');
  if (other !== undefined) throw new AssayError('parameter.invalid', `${other.fileName} is no normal sample; anomalies are made of normals.`);
  return found.map(({ id }) => id);
}

/** Folder of the samples of a batch. */
export function generationFolder({ id, generator }: Pick<Generation, 'id' | 'generator'>): string {
  return `generated/${generator}-${id.slice(-8)}`;
}
