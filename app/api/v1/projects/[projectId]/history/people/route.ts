import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { historyPeople } from '@/lib/services/history';

export const GET = route(routes.historyPeople, historyPeople);
