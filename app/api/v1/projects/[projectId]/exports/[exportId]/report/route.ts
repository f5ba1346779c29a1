import { routes } from '@/lib/api/contracts/routes';
import { pageResponse } from '@/lib/api/download';
import { route } from '@/lib/api/route';
import { exportReport } from '@/lib/services/exports';

export const GET = route(routes.exportReport, async (context, input) => pageResponse(await exportReport(context, input)));
