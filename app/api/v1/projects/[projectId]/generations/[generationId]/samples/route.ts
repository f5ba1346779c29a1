import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { storeGenerated } from '@/lib/services/browser-generations';

export const POST = route(routes.storeGenerated, storeGenerated);
