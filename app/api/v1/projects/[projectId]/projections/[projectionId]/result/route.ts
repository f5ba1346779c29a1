import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { storeProjection } from '@/lib/services/browser-maps';

export const PUT = route(routes.storeProjection, storeProjection);
