import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getPrototypeSearch } from '@/lib/services/prototypes';

export const GET = route(routes.prototypeSearch, getPrototypeSearch);
