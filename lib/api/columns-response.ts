import { blobStore } from '@/lib/store/blobs/blob-store';
import { immutableResponse, notModified } from './respond';

/** Answers a blob of binary columns; it never changes, so a browser that holds it gets 304. */
export async function columnsResponse(request: Request, sha256: string): Promise<Response> {
  const held = notModified(request, sha256);
  if (held !== null) return held;
  return immutableResponse({ body: await blobStore().stream(sha256), contentType: 'application/octet-stream', etag: sha256 });
}
