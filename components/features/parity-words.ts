import type { Certificate } from '@/lib/api/contracts/parity';

/** Figures of a certificate: "cosine 0.9999999, difference up to 1.2e-6 (limit 7.1e-4), on nvidia ampere". */
export function parityLine({ cosine, maxAbs, maxAbsLimit, device }: Certificate): string {
  // Rounded down: 1.0000000 is said only of what is exactly so.
  const shown = (Math.floor(cosine * 1e7) / 1e7).toFixed(7);
  return `cosine ${shown}, difference up to ${maxAbs.toExponential(1)} (limit ${maxAbsLimit.toExponential(1)})${device === null ? '' : `, on ${device}`}`;
}
