import { columnsResponse } from '@/lib/api/columns-response';
import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { promptColumnsBlob } from '@/lib/services/prompt-selections';

export const GET = route(routes.promptSelectionColumns, async (context, input, request) => columnsResponse(request, await promptColumnsBlob(context, input)));
