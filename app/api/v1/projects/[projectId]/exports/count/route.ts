import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { countExport } from '@/lib/services/exports';

export const POST = route(routes.exportCount, countExport);
