import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { projectOverview } from '@/lib/services/overview';

export const GET = route(routes.projectOverview, projectOverview);
