import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listExports } from '@/lib/services/exports';

export const GET = route(routes.exports, listExports);
