'use client';

import { useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import type { TextTowerDto } from '@/lib/api/contracts/image-text';
import { addresses } from '@/lib/api/contracts/addresses';
import { modelsKey } from '../projects/keys';

/** Image-text pairs of the library; asked for anew whenever the networks are. */
export function useTextTowers() {
  return useQuery({ queryKey: [...modelsKey, 'text-towers'], queryFn: async ({ signal }): Promise<TextTowerDto[]> => (await getJson(addresses.textTowers, { signal })).textTowers });
}
