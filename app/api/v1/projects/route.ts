import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listProjects } from '@/lib/services/projects';

export const GET = route(routes.projects, listProjects);
