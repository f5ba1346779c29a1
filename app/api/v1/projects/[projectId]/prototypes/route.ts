import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listPrototypeSearches } from '@/lib/services/prototypes';

export const GET = route(routes.prototypeSearches, listPrototypeSearches);
