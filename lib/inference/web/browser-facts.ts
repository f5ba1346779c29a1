import type { BrowserFacts } from './provider';

/** The part of WebGPU that is asked here; TypeScript's DOM library does not know it yet. */
type AdapterInfo = { vendor?: string; architecture?: string; device?: string; description?: string; isFallbackAdapter?: boolean };
type Gpu = { requestAdapter(options?: { powerPreference: 'high-performance' }): Promise<{ info?: AdapterInfo; isFallbackAdapter?: boolean } | null> };

/** Looks at this browser; call it in the worker that will compute. */
export async function browserFacts(): Promise<BrowserFacts> {
  return {
    secureContext: globalThis.isSecureContext,
    isolated: canShareMemory(),
    adapter: await adapterOf((navigator as { gpu?: Gpu }).gpu),
    cores: navigator.hardwareConcurrency || 1,
  };
}

/** Whether threads of WebAssembly may run here. */
export function canShareMemory(): boolean {
  return globalThis.crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined';
}

async function adapterOf(gpu: Gpu | undefined): Promise<BrowserFacts['adapter']> {
  if (gpu === undefined) return undefined;
  // A driver that fails is no adapter.
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (adapter === null) return null;
  const { info = {} } = adapter;
  const name = [info.vendor, info.architecture, info.description].filter((part) => part !== undefined && part !== '').join(' ') || 'an unnamed card';
  const software = adapter.isFallbackAdapter === true || info.isFallbackAdapter === true || /swiftshader|llvmpipe|basic render/i.test(name);
  return { name, software };
}
