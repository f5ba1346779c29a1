import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getKeepAnalysis } from '@/lib/services/keep';

export const GET = route(routes.keepAnalysis, getKeepAnalysis);
