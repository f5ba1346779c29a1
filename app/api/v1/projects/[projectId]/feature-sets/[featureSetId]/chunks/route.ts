import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { storeChunk } from '@/lib/services/browser-features';

export const POST = route(routes.storeChunk, storeChunk);
