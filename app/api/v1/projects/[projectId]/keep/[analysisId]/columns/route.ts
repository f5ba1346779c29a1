import { columnsResponse } from '@/lib/api/columns-response';
import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { keepColumnsBlob } from '@/lib/services/keep';

export const GET = route(routes.keepAnalysisColumns, async (context, input, request) => columnsResponse(request, await keepColumnsBlob(context, input)));
