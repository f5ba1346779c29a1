import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getRun } from '@/lib/services/runs';

export const GET = route(routes.run, getRun);
