import { routes } from '@/lib/api/contracts/routes';
import { unstoredResponse } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { featureSetVectors } from '@/lib/services/browser-set';

export const GET = route(routes.featureSetVectors, async (context, input) => unstoredResponse(await featureSetVectors(context, input)));
