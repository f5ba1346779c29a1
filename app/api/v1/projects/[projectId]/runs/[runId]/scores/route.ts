import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { storeScores } from '@/lib/services/browser-runs';

export const PUT = route(routes.storeScores, storeScores);
