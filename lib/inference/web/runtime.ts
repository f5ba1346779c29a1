import type * as Ort from 'onnxruntime-web';
import { AssayError } from '@/lib/errors';
import type { WebProvider } from './provider';

export type Runtime = typeof Ort;

/** Where the web process serves the runtime (lib/cli/setup/browser-runtime.mjs copies it there). */
const folder = '/ort/';

const builds: Record<WebProvider, string> = {
  webgpu: 'ort.webgpu.min.mjs',
  'wasm-threads': 'ort.wasm.min.mjs',
  wasm: 'ort.wasm.min.mjs',
};

/**
 * Loads ONNX Runtime from our own server. Not through the bundler: the runtime starts threads from its own files and
 * must know their addresses.
 * @throws AssayError `request.unreachable`
 */
export async function loadRuntime(provider: WebProvider, threads: number): Promise<Runtime> {
  const base = new URL(folder, self.location.origin).href;
  let runtime: Runtime;
  try {
    runtime = (await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ `${base}${builds[provider]}`)) as Runtime;
  } catch (cause) {
    throw new AssayError('request.unreachable', 'ONNX Runtime could not be loaded from the server.', { hint: 'Reload the page and try again.', cause });
  }
  runtime.env.wasm.wasmPaths = base;
  runtime.env.wasm.numThreads = provider === 'wasm-threads' ? threads : 1;
  // We are in a worker already; a second one would only copy tensors.
  runtime.env.wasm.proxy = false;
  runtime.env.logLevel = 'error';
  return runtime;
}
