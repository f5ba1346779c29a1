import { routes } from '@/lib/api/contracts/routes';
import { immutableResponse, notModified } from '@/lib/api/respond';
import { route } from '@/lib/api/route';
import { sampleImage } from '@/lib/services/sample-images';

export const GET = route(routes.sampleImage, async (context, input, request) => {
  const { open, sha256, ...described } = await sampleImage(context, input);
  return notModified(request, sha256) ?? immutableResponse({ ...described, etag: sha256, body: await open() });
});
