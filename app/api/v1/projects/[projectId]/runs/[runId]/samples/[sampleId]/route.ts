import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getScore } from '@/lib/services/runs';

export const GET = route(routes.score, getScore);
