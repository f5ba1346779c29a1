import { AssayError } from '@/lib/errors';
import { fetchBytes } from './fetch-bytes';
import type { NetworkAddresses } from './messages';
import type { NetworkFiles } from './session';

/**
 * Largest network that a browser is given, weights together. WebAssembly addresses 4 GiB, and while a session is made
 * the file, the weights that the runtime rearranges and the images share them.
 */
export const MAX_BROWSER_BYTES = 1.25 * 1024 ** 3;

/** @throws AssayError `request.too_large` */
export function requireBrowserSize(bytes: number): void {
  if (bytes > MAX_BROWSER_BYTES) throw tooLarge(bytes);
}

/** Why a network of that size is not run in a browser. */
export function tooLarge(bytes: number): AssayError {
  const megabytes = (value: number): string => Math.ceil(value / 1e6).toLocaleString('en');
  return new AssayError('request.too_large', `This network has ${megabytes(bytes)} MB; a browser takes at most ${megabytes(MAX_BROWSER_BYTES)} MB.`, {
    hint: 'Let the server extract, or add the network in a smaller precision (fp16, int8).',
  });
}

/**
 * Fetches an ONNX file and the files of weights beside it, one after another.
 * @throws AssayError `request.too_large` before the bytes come; as `fetchBytes`
 */
export async function fetchNetwork({ modelUrl, weights }: NetworkAddresses): Promise<NetworkFiles> {
  const beside = weights.reduce((sum, { bytes }) => sum + bytes, 0);
  requireBrowserSize(beside);
  const model = await fetchBytes(modelUrl, (bytes) => requireBrowserSize(beside + bytes));
  const held: { path: string; data: Uint8Array }[] = [];
  for (const { name, url } of weights) held.push({ path: name, data: await fetchBytes(url) });
  return { model, weights: held };
}
