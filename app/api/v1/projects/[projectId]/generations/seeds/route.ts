import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { generationSeeds } from '@/lib/services/generations';

export const GET = route(routes.generationSeeds, generationSeeds);
