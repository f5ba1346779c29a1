import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getOtherScores } from '@/lib/services/other-scores';

export const GET = route(routes.otherScores, getOtherScores);
