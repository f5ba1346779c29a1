import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { replay } from '@/lib/services/replay';

export const GET = route(routes.replay, replay);
