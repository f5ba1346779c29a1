import { routes } from '@/lib/api/contracts/routes';
import { immutableResponse, notModified } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { modelWeights } from '@/lib/services/model-file';

export const GET = route(routes.modelWeights, async (context, input, request) => {
  const { open, sha256, bytes } = await modelWeights(context, input);
  return notModified(request, sha256) ?? immutableResponse({ contentType: 'application/octet-stream', etag: sha256, bytes, body: await open() });
});
