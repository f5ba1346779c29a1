import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { storeGeneration } from '@/lib/services/browser-generations';

export const PUT = route(routes.storeGeneration, storeGeneration);
