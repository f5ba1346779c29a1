import { AssayError } from '@/lib/errors';

/**
 * Bytes from our own server.
 * @param accept is told how many will come, where the server says it; may throw
 * @throws AssayError `request.unreachable`, `request.not_found`
 */
export async function fetchBytes(url: string, accept: (bytes: number) => void = () => undefined): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    // The worker's own address may be a blob's, against which no path can be resolved.
    response = await fetch(new URL(url, self.location.origin), { credentials: 'same-origin' });
  } catch (cause) {
    throw new AssayError('request.unreachable', 'The server did not answer.', { hint: 'Check that Assay is running, then try again.', cause });
  }
  if (!response.ok) {
    const code = response.status === 404 ? 'request.not_found' : 'request.unreachable';
    throw new AssayError(code, `The server answered ${response.status} for a file that this page needs.`, { hint: 'Reload the page and try again.' });
  }
  const announced = response.headers.get('content-length');
  if (announced !== null) accept(Number(announced));
  return new Uint8Array(await response.arrayBuffer());
}
