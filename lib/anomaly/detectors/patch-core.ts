import type { Detector } from './detector';
import { fitOneClass } from './one-class';
import { buildPatchMemory, checkPatchCoreParameters, patchCoreDefaults, scorePatches, type PatchCoreParameters } from './patch-memory';

/** PatchCore where each row is its image's only patch: distance to the nearest normal of a core-set, re-weighted. */
export const patchCoreDetector: Detector<PatchCoreParameters> = {
  id: 'patchcore',
  name: 'PatchCore',
  description: 'Distance to the nearest of the normals that stand for all others; with patch features, of the most unusual patch.',
  defaults: patchCoreDefaults,
  fit(train, labels, parameters, context) {
    const chosen = { ...patchCoreDefaults, ...parameters };
    checkPatchCoreParameters(chosen);
    return fitOneClass(
      train,
      labels,
      async (normals, inner) => {
        const memory = await buildPatchMemory({ points: normals, perImage: 1 }, chosen, inner);
        return {
          score: async (queries, given) => (await scorePatches(memory, { points: queries, perImage: 1 }, given)).images,
        };
      },
      context,
    );
  },
};
