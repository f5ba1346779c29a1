import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listHistory } from '@/lib/services/history';

export const GET = route(routes.history, listHistory);
