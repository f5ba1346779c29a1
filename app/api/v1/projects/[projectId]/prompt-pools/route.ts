import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listPools } from '@/lib/services/prompt-pools';

export const GET = route(routes.promptPools, listPools);
