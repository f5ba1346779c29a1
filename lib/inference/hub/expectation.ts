import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { AssayError } from '@/lib/errors';

/** What a finished download must be. */
export type Expectation = { readonly bytes: number; readonly sha256: string | null; readonly gitHash: string | null };

const unquoted = (etag: string | null): string => (etag ?? '').replace(/^W\//, '').replaceAll('"', '');
const size = (text: string | null): number | undefined => (text !== null && /^\d+$/.test(text) ? Number(text) : undefined);

/**
 * Adds what the answer tells to what the list of files said. The hub's own X-Linked headers win; the length of the
 * body counts only where nothing else is known.
 * @param start first byte of the body
 */
export function toldOf(told: Headers, response: Response, start: number, before: Expectation): Expectation {
  const linked = size(told.get('x-linked-size'));
  const length = size(response.headers.get('content-length'));
  const announced = linked ?? (length === undefined ? undefined : start + length);
  const etag = unquoted(told.get('x-linked-etag'));
  return {
    bytes: before.bytes > 0 ? before.bytes : (announced ?? before.bytes),
    sha256: before.sha256 ?? (/^[0-9a-f]{64}$/.test(etag) ? etag : null),
    gitHash: before.gitHash,
  };
}

async function digest(file: string, hash: Hash): Promise<string> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 ** 2 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Compares a downloaded file with its checksum, SHA-256 or Git's; a file that differs is removed, so that trying again
 * begins anew.
 * @throws AssayError `hub.checksum`
 */
export async function verify(file: string, name: string, { bytes, sha256, gitHash }: Expectation): Promise<void> {
  const expected = sha256 ?? gitHash;
  if (expected === null) return;
  const actual = await digest(file, sha256 === null ? createHash('sha1').update(`blob ${bytes}\0`) : createHash('sha256'));
  if (actual === expected) return;
  await rm(file, { force: true });
  throw new AssayError('hub.checksum', `${name} arrived with another checksum (${actual.slice(0, 12)}…) than the hub announces (${expected.slice(0, 12)}…).`, {
    hint: 'Try again; when it happens twice, the hub or mirror holds a damaged file.',
  });
}
