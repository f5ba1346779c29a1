import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listMissingSamples } from '@/lib/services/browser-features';

export const GET = route(routes.missingSamples, listMissingSamples);
