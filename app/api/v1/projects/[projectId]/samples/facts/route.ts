import { routes } from '@/lib/api/contracts/routes';
import { unstoredResponse } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { sampleFacts } from '@/lib/services/sample-facts';

export const GET = route(routes.sampleFacts, async (context, input) => unstoredResponse({ body: await sampleFacts(context, input) }));
