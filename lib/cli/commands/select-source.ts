import { generatorIdSchema } from '@/lib/api/contracts/generators';
import { auxiliaryChoiceSchema, type SyntheticSource } from '@/lib/api/contracts/selections';
import { AssayError } from '@/lib/errors';
import type { PrismaClient } from '@/lib/store/generated/client';
import { wholeOption } from './select-options';

/** Options that say where the synthetic anomalies of a selection in a project come from. */
export type SourceOptions = {
  readonly auxiliary?: string;
  readonly evaluator?: string;
  readonly folder?: string;
  readonly generator: string;
  readonly perSeed: string;
  readonly diffusionModel?: string;
};

/** @throws AssayError `parameter.invalid`, `model.missing` */
export async function sourceOf({ auxiliary, evaluator, folder, generator, perSeed, diffusionModel }: SourceOptions, usage: (message: string) => AssayError, database: PrismaClient): Promise<SyntheticSource> {
  if (auxiliary !== undefined) {
    const which = auxiliaryChoiceSchema.safeParse(auxiliary);
    if (!which.success) throw usage(`--auxiliary must be one of ${auxiliaryChoiceSchema.options.join(', ')}, not "${auxiliary}".`);
    return { kind: 'auxiliary', which: which.data, runId: null, evaluator: evaluator ?? null, generationId: null, folder: folder ?? null };
  }
  if (evaluator !== undefined || folder !== undefined) throw usage('--evaluator and --folder belong to --auxiliary.');
  const network = diffusionModel === undefined ? null : await database.diffusionModel.findUnique({ where: { name: diffusionModel }, select: { id: true } });
  if (diffusionModel !== undefined && network === null) throw new AssayError('model.missing', `There is no diffusion network named ${diffusionModel} in the library.`, { hint: 'See: npm run assay -- models diffusion list' });
  return { kind: 'generator', generator: generatorIdSchema.parse(generator), parameters: {}, perSeed: wholeOption('per-seed', perSeed, 1, usage), diffusionModelId: network?.id ?? null };
}
