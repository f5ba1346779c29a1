import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { estimatePrototypeSearch } from '@/lib/services/prototypes';

export const POST = route(routes.prototypeEstimate, estimatePrototypeSearch);
