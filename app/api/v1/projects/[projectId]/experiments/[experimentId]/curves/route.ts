import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { experimentCurves } from '@/lib/services/experiments';

export const GET = route(routes.experimentCurves, experimentCurves);
