import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { AssayError } from '@/lib/errors';
import { storeModelFile } from '@/lib/services/model-library';

export const PUT = route(routes.putModelFile, async (context, { name }, request) => {
  if (request.body === null) throw new AssayError('request.invalid', 'The request holds no file.');
  return storeModelFile(context, { name, content: Readable.fromWeb(request.body as ReadableStream) });
});
