import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { getJob } from '@/lib/services/jobs';

export const GET = route(routes.job, getJob);
