import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getZeroShotScore } from '@/lib/services/prompt-selections';

export const GET = route(routes.zeroShotScore, getZeroShotScore);
