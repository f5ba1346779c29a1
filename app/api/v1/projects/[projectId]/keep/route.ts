import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listKeepAnalyses } from '@/lib/services/keep';

export const GET = route(routes.keepAnalyses, listKeepAnalyses);
