import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getModelSelection } from '@/lib/services/selections';

export const GET = route(routes.selection, getModelSelection);
