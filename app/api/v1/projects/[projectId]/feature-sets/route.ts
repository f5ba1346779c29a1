import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listFeatureSets } from '@/lib/services/features';

export const GET = route(routes.featureSets, listFeatureSets);
