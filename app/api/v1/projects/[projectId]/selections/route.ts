import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listModelSelections } from '@/lib/services/selections';

export const GET = route(routes.selections, listModelSelections);
