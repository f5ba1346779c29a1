import { columnsResponse } from '@/lib/api/columns-response';
import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { runColumnsBlob } from '@/lib/services/runs';

export const GET = route(routes.runColumns, async (context, input, request) => columnsResponse(request, await runColumnsBlob(context, input)));
