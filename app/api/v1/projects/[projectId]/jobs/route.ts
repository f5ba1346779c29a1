import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listJobs } from '@/lib/services/jobs';

export const GET = route(routes.jobs, (context, { projectId, active }) => listJobs(context, { projectId, activeOnly: active === 'true' }));
