import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listProjections } from '@/lib/services/projections';

export const GET = route(routes.projections, listProjections);
