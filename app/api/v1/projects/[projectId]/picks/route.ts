import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listDiversePicks } from '@/lib/services/keep-picks';

export const GET = route(routes.diversePicks, listDiversePicks);
