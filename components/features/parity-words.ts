import type { Certificate } from '@/lib/api/contracts/parity';

type Figures = Pick<Certificate, 'cosine' | 'maxAbs' | 'maxAbsLimit'>;

/** "cosine 0.9999999, difference up to 1.2e-6 (limit 7.1e-4)". */
export function parityFigures({ cosine, maxAbs, maxAbsLimit }: Figures): string {
  // Rounded down: 1.0000000 is said only of what is exactly so.
  const shown = (Math.floor(cosine * 1e7) / 1e7).toFixed(7);
  return `cosine ${shown}, difference up to ${maxAbs.toExponential(1)} (limit ${maxAbsLimit.toExponential(1)})`;
}

/** The figures and the graphics card, where one computed. */
export function parityLine(certificate: Figures & Pick<Certificate, 'device'>): string {
  return `${parityFigures(certificate)}${certificate.device === null ? '' : `, on ${certificate.device}`}`;
}

const providerNames: Record<string, string> = { webgpu: 'WebGPU', 'wasm-threads': 'WebAssembly with threads', wasm: 'WebAssembly on one thread' };

/** "WebGPU on nvidia ampere". */
export function computedBy({ provider, device }: Pick<Certificate, 'provider' | 'device'>): string {
  return `${providerNames[provider] ?? provider}${device === null ? '' : ` on ${device}`}`;
}
