import { columnsResponse } from '@/lib/api/columns-response';
import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { projectionColumnsBlob } from '@/lib/services/projections';

export const GET = route(routes.projectionColumns, async (context, input, request) => columnsResponse(request, await projectionColumnsBlob(context, input)));
