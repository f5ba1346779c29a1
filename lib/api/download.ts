import { byteRange } from '@/lib/export/byte-range';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { attachment, bodyOf } from './respond';

/**
 * Answers a blob as a download that can be resumed: ranges, and If-Range by the SHA-256. The address is bound to a project
 * and expires, so no cache keeps it.
 */
export async function downloadResponse(request: Request, { sha256, bytes, fileName }: { sha256: string; bytes: number; fileName: string }, contentType: string): Promise<Response> {
  const etag = `"${sha256}"`;
  const headers = { etag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' };
  const condition = request.headers.get('if-range');
  const range = condition === null || condition === etag ? byteRange(request.headers.get('range'), bytes) : null;
  if (range === 'unsatisfiable') return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes}` } });
  const { start, end } = range ?? { start: 0, end: bytes - 1 };
  const content = await blobStore().stream(sha256, { start, end });
  return new Response(bodyOf(content), {
    status: range === null ? 200 : 206,
    headers: {
      ...headers,
      'content-type': contentType,
      'content-length': String(end - start + 1),
      'content-disposition': attachment(fileName),
      ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${bytes}` }),
    },
  });
}

/**
 * Answers an HTML page that was made here of other people's words, to be looked at: it is cut off from the session and from
 * everything else (sandbox), runs nothing and loads nothing but what it holds.
 */
export async function pageResponse({ sha256, bytes }: { sha256: string; bytes: number }): Promise<Response> {
  return new Response(bodyOf(await blobStore().stream(sha256)), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(bytes),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    },
  });
}
