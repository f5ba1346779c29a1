import { columnsResponse } from '@/lib/api/columns-response';
import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { selectionValuesBlob } from '@/lib/services/selections';

export const GET = route(routes.selectionMap, async (context, input, request) => columnsResponse(request, await selectionValuesBlob(context, input)));
