import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { listViews } from '@/lib/services/views';

export const GET = route(routes.views, listViews);
