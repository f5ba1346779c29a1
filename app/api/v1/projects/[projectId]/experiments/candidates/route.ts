import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listExperimentCandidates } from '@/lib/services/experiment-candidates';

export const GET = route(routes.experimentCandidates, listExperimentCandidates);
