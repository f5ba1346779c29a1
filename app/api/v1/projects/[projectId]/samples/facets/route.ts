import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { sampleFacets } from '@/lib/services/samples';

export const GET = route(routes.sampleFacets, sampleFacets);
