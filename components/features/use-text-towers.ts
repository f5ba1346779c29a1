'use client';

import { useQuery } from '@tanstack/react-query';
import { getJson } from '@/lib/api/client';
import type { TextTowerDto } from '@/lib/api/contracts/image-text';
import { routes } from '@/lib/api/contracts/routes';
import { modelsKey } from '../projects/keys';

/** Image-text pairs of the library; asked for anew whenever the networks are. */
export function useTextTowers() {
  return useQuery({ queryKey: [...modelsKey, 'text-towers'], queryFn: async ({ signal }): Promise<TextTowerDto[]> => (await getJson(routes.textTowers, { signal })).textTowers });
}
