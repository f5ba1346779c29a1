import { routes } from '@/lib/api/contracts/routes';
import { unstoredResponse } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { featureSetSamples } from '@/lib/services/browser-set';

export const GET = route(routes.featureSetSamples, async (context, input) => unstoredResponse({ body: await featureSetSamples(context, input) }));
