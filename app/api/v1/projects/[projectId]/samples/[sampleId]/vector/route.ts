import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { sampleVector } from '@/lib/services/vectors';

export const GET = route(routes.sampleVector, sampleVector);
