import { env } from '@/lib/env';
import { openDiffusion } from '@/lib/inference/node/diffusion';
import type { ModelSource } from '@/lib/inference/node/session';
import { checkedParameters } from '@/lib/synthesis/describe';
import { DiffStyle } from '@/lib/synthesis/diffstyle/diffstyle';
import { pairOf } from '@/lib/synthesis/diffstyle/pairs';
import type { DiffStyleParameters } from '@/lib/synthesis/diffstyle/parameters';
import type { BatchSettings } from '@/lib/synthesis/synthesise';
import type { PipelineContext } from '../context';
import type { Maker } from './maker';
import type { SeedImages } from './seed-images';

/**
 * Makes images by DiffStyle, one pair of seed images after another: the network takes all cores itself.
 * @throws AssayError as `openDiffusion`
 */
export async function diffStyleMaker({ seed, parameters }: Pick<BatchSettings, 'seed' | 'parameters'>, seeds: SeedImages, source: ModelSource, { signal }: Pick<PipelineContext, 'signal'>): Promise<Maker> {
  const checked = checkedParameters('diffstyle', parameters) as DiffStyleParameters;
  const network = await openDiffusion(source, { provider: env().onnxProvider });
  const diffStyle = new DiffStyle(network, checked, seeds.read, signal);
  return {
    lanes: 1,
    async make(index) {
      const pair = pairOf(seed, index, seeds.count);
      return { made: await diffStyle.make(pair), parents: [pair.style, pair.content] };
    },
    close: () => network.close(),
  };
}
