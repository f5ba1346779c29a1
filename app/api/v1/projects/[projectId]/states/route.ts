import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listStates } from '@/lib/services/states';

export const GET = route(routes.states, listStates);
