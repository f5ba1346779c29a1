/** Where an inference runs in a browser, the best first. */
export const webProviders = ['webgpu', 'wasm-threads', 'wasm'] as const;
export type WebProvider = (typeof webProviders)[number];

/** What a person asked for; `auto` takes the best one. */
export const providerWishes = ['auto', ...webProviders] as const;
export type ProviderWish = (typeof providerWishes)[number];

/** What this browser and machine have. */
export type BrowserFacts = {
  /** False on plain HTTP to another machine: browsers then hide WebGPU. */
  readonly secureContext: boolean;
  /** Cross-origin isolated: WebAssembly may share memory between threads. */
  readonly isolated: boolean;
  /** The graphics card as WebGPU names it; null where there is no adapter, undefined where there is no WebGPU. */
  readonly adapter: { readonly name: string; readonly software: boolean } | null | undefined;
  readonly cores: number;
};

/** One way to run a network here. */
export type ProviderPlan = {
  readonly provider: WebProvider;
  readonly threads: number;
  /** The graphics card where it is one; null otherwise. */
  readonly device: string | null;
  /** One sentence for the person. */
  readonly why: string;
};

/** More threads give little for one image. Of more than two cores one is left to decoding. */
const MOST_THREADS = 8;

/**
 * The ways to try, best first; each says why it is not a better one. The last always works.
 * @param wish a provider that a person chose stands first, also where it is the slower one
 */
export function planProviders(facts: BrowserFacts, wish: ProviderWish = 'auto'): ProviderPlan[] {
  return [gpuPlan(facts, wish), threadsPlan(facts, wish), singlePlan(facts, wish)].filter((plan) => plan !== null);
}

function gpuPlan({ adapter }: BrowserFacts, wish: ProviderWish): ProviderPlan | null {
  const wanted = wish === 'webgpu' || (wish === 'auto' && adapter?.software !== true);
  if (adapter == null || !wanted) return null;
  return { provider: 'webgpu', threads: 1, device: adapter.name, why: `WebGPU on ${adapter.name}${wish === 'webgpu' ? ', as chosen' : ''}.` };
}

function threadsPlan(facts: BrowserFacts, wish: ProviderWish): ProviderPlan | null {
  if (!facts.isolated || wish === 'wasm') return null;
  const threads = wasmThreads(facts);
  const reason = wish === 'wasm-threads' ? 'as chosen' : withoutGpu(facts);
  return { provider: 'wasm-threads', threads, device: null, why: `WebAssembly with ${threads === 1 ? '1 thread' : `${threads} threads`}: ${reason}.` };
}

/** Threads that WebAssembly may have here; one where the page is not isolated. */
export function wasmThreads({ isolated, cores }: Pick<BrowserFacts, 'isolated' | 'cores'>): number {
  return isolated ? Math.min(MOST_THREADS, cores <= 2 ? cores : cores - 1) : 1;
}

function singlePlan(facts: BrowserFacts, wish: ProviderWish): ProviderPlan | null {
  if (facts.isolated && wish !== 'wasm') return null;
  const lacking = 'threads need a page that is isolated from others, which this one is not';
  const reason = wish === 'wasm' ? 'as chosen' : wish === 'wasm-threads' ? lacking : `${withoutGpu(facts)}; ${lacking}`;
  return { provider: 'wasm', threads: 1, device: null, why: `WebAssembly on one thread: ${reason}.` };
}

/** The same plan after a better one failed, with the failure in its sentence. */
export function afterFailure(plan: ProviderPlan, failed: ProviderPlan, message: string): ProviderPlan {
  const [words = ''] = plan.why.split(':', 1);
  return { ...plan, why: `${words}: ${failed.provider === 'webgpu' ? 'WebGPU' : 'the better way'} failed here (${message.replace(/\.$/, '')}).` };
}

function withoutGpu({ adapter, secureContext }: BrowserFacts): string {
  if (adapter === null) return 'this browser finds no graphics card for WebGPU';
  if (adapter === undefined) return secureContext ? 'this browser has no WebGPU' : 'WebGPU needs HTTPS or this very machine';
  if (adapter.software) return `WebGPU here only imitates a graphics card in software (${adapter.name}), which is slower`;
  return 'WebGPU was not chosen';
}
