import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listTextTowers } from '@/lib/services/text-towers';

export const GET = route(routes.textTowers, (context) => listTextTowers(context));
