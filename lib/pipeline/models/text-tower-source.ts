import { z } from 'zod';
import { textTowerConfigSchema } from '@/lib/api/contracts/image-text';
import type { TextTowerSource } from '@/lib/inference/node/text-tower';
import type { BlobStore } from '@/lib/store/blobs/port';
import type { TextTower } from '@/lib/store/generated/client';
import { modelSource } from './model-source';

/** STORED DATA (TextTower.weights). */
const weightsSchema = z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number() }));

/** What a text tower of the library is opened from. @throws AssayError `request.not_found` when a blob is gone */
export async function textTowerSource(tower: Pick<TextTower, 'textSha256' | 'tokenizerSha256' | 'weights' | 'config'>, blobs: BlobStore): Promise<TextTowerSource> {
  const weights = weightsSchema.parse(tower.weights);
  return {
    model: await modelSource(blobs, tower.textSha256, weights.length === 0 ? {} : { weights }),
    tokenizer: JSON.parse(Buffer.from(await blobs.read(tower.tokenizerSha256)).toString('utf8')),
    config: textTowerConfigSchema.parse(tower.config),
  };
}
