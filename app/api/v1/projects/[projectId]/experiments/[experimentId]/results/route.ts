import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listExperimentResults } from '@/lib/services/experiments';

export const GET = route(routes.experimentResults, listExperimentResults);
