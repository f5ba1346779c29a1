import type { FeatureSet } from '@/lib/api/contracts/features';
import { countOf } from '@/lib/figures/format';

/**
 * What a card says of the heat maps of its feature set, and what its button does; null where there is nothing to press.
 * @param reason why the last attempt failed, where that is known
 */
export function heatMapsLine({ patches, mayHavePatches }: Pick<FeatureSet, 'patches' | 'mayHavePatches'>, isPrivate: boolean, reason: string | null): { line: string; verb: string | null } {
  if (isPrivate) return { line: 'No heat maps: they are made on the server, which has no images of a private project.', verb: null };
  if (!mayHavePatches) return { line: 'No heat maps: this network gives one vector for a whole image and none for its parts.', verb: null };
  switch (patches?.state) {
    case undefined:
      return { line: 'No heat maps yet.', verb: 'Make heat maps' };
    case 'ready':
      return { line: `Heat maps of ${countOf(patches!.count, 'sample')}: M, or the layers beside the name of a sample, shows them.`, verb: null };
    case 'pending':
      return { line: 'Heat maps: waiting for a worker.', verb: null };
    case 'cancelled':
      return { line: 'The heat maps were cancelled; what was read is kept.', verb: 'Go on with heat maps' };
    case 'failed':
      return { line: reason ?? 'The heat maps failed; the job tray has the reason.', verb: 'Try heat maps again' };
  }
}
