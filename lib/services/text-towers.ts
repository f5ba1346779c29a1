import type { z } from 'zod';
import { textTowerConfigSchema, type TextTowerDto, type textTowerListSchema } from '@/lib/api/contracts/image-text';
import { modelManifestSchema } from '@/lib/inference/manifest';
import type { Model, TextTower } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';

/** Image-text pairs of the library: those made for use first, then by name. */
export async function listTextTowers({ store }: ServiceContext): Promise<z.infer<typeof textTowerListSchema>> {
  const towers = await store.textTower.findMany({ include: { model: true }, orderBy: [{ isDemonstration: 'asc' }, { name: 'asc' }] });
  return { textTowers: towers.map(toTextTowerDto) };
}

function toTextTowerDto({ model, ...tower }: TextTower & { model: Model }): TextTowerDto {
  const { kind, logitScale, logitBias, headSource, contextLength } = textTowerConfigSchema.parse(tower.config);
  const { licence, parameters } = modelManifestSchema.parse(model.manifest);
  return {
    id: tower.id,
    modelId: tower.modelId,
    name: tower.name,
    dim: tower.dim,
    bytes: Number(tower.bytes),
    parameters: { image: parameters ?? null, text: tower.parameters === null ? null : Number(tower.parameters) },
    head: { kind, logitScale, logitBias, source: headSource },
    contextLength,
    isDemonstration: tower.isDemonstration,
    licence,
    createdAt: tower.createdAt.toISOString(),
  };
}
