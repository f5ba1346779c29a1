import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getPatchMap } from '@/lib/services/patch-maps';

export const GET = route(routes.patchMap, getPatchMap);
