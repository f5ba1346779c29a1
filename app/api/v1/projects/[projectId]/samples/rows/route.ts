import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { sampleRows } from '@/lib/services/samples';

export const POST = route(routes.sampleRows, sampleRows);
