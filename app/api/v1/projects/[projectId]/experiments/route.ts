import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listExperiments } from '@/lib/services/experiments';

export const GET = route(routes.experiments, listExperiments);
