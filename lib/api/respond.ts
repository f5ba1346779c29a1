import { Readable } from 'node:stream';

/** Bytes in any form that services hand out. */
export type Bytes = Uint8Array<ArrayBuffer> | Readable;

/** How a binary answer is described. */
export type BinaryAnswer = {
  body: Bytes;
  contentType: string;
  /** Identity of the content, usually its SHA-256; without quotes. */
  etag: string;
  bytes?: number | undefined;
  /** Answered as a download with this name. */
  fileName?: string;
};

/** The bytes never change under this address: a private cache may keep them for a year. */
const immutable = 'private, max-age=31536000, immutable';

/** The 304 for a browser that holds `etag` already, or null. Ask before reading bytes. */
export function notModified(request: Request, etag: string): Response | null {
  const held = request.headers.get('if-none-match')?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!held?.includes(`"${etag}"`)) return null;
  return new Response(null, { status: 304, headers: { etag: `"${etag}"`, 'cache-control': immutable } });
}

/** Answers bytes that never change under their address: images, columns. */
export function immutableResponse(answer: BinaryAnswer): Response {
  return new Response(bodyOf(answer.body), {
    headers: {
      'content-type': answer.contentType,
      'cache-control': immutable,
      etag: `"${answer.etag}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      ...(answer.bytes === undefined ? {} : { 'content-length': String(answer.bytes) }),
      ...(answer.fileName === undefined ? {} : { 'content-disposition': attachment(answer.fileName) }),
    },
  });
}

/** Answers bytes that may be others next time, and that no cache keeps. */
export function unstoredResponse({ body, bytes }: Pick<BinaryAnswer, 'body' | 'bytes'>): Response {
  const headers = { 'content-type': 'application/octet-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return new Response(bodyOf(body), { headers: { ...headers, ...(bytes === undefined ? {} : { 'content-length': String(bytes) }) } });
}

/** A body that Response takes; a node stream is read as the client reads, and closed when the client goes away. */
export function bodyOf(body: Bytes): BodyInit {
  return body instanceof Readable ? (Readable.toWeb(body) as ReadableStream<Uint8Array<ArrayBuffer>>) : body;
}

/** Answers JSON that comes in pieces of text, made as the client reads. */
export function jsonStream(pieces: Iterable<string>): Response {
  return new Response(bodyOf(Readable.from(inBlocks(pieces))), { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
}

const BLOCK = 1 << 16;

/** A chunk of its own for every line would cost more than the line. */
function* inBlocks(pieces: Iterable<string>): Generator<Buffer> {
  let held = '';
  for (const piece of pieces) {
    held += piece;
    if (held.length < BLOCK) continue;
    yield Buffer.from(held);
    held = '';
  }
  yield Buffer.from(held);
}

/** Content-Disposition of a download (RFC 6266): a plain ASCII name for old clients and the exact one in UTF-8. */
export function attachment(fileName: string): string {
  // Through bytes, so that half a surrogate pair becomes a replacement character that can be encoded.
  const name = Buffer.from(fileName.replaceAll(/[\u0000-\u001f\u007f/\\]/g, '_') || 'download').toString();
  const plain = name.replaceAll(/[^\u0020-\u007e]|["%;]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
