import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { routes } from '@/lib/api/contracts/routes';
import { route } from '@/lib/api/route';
import { AssayError } from '@/lib/errors';
import { listModels, registerModel } from '@/lib/services/models';

export const GET = route(routes.models, (context) => listModels(context));

export const PUT = route(routes.putModel, async (context, { manifest }, request) => {
  if (request.body === null) throw new AssayError('request.invalid', 'The request holds no ONNX file.');
  return registerModel(context, { manifest, model: Readable.fromWeb(request.body as ReadableStream) });
});
