import { routes } from '@/lib/api/contracts/routes';
import { unstoredResponse } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { textMatches } from '@/lib/services/sample-facts';

export const GET = route(routes.textMatches, async (context, input) => unstoredResponse({ body: await textMatches(context, input) }));
