import { createRandom } from '@/lib/anomaly/random/generator';

/** A table of synthetic vectors, as an inspector would export it: normals, known anomalies, and auxiliary ones of known quality. */
export function exampleCsv(rows: { normal: number; anomaly: number; auxiliary: number }, seed = 1): string {
  const random = createRandom(seed);
  const line = (role: string, shift: number, quality: string) =>
    [(20 + random.normal() + shift).toFixed(4), (500 + 40 * random.normal()).toFixed(3), (0.3 + 0.02 * random.normal()).toFixed(5), (3 * random.normal() - shift).toFixed(4), role, quality].join(',');
  const lines = [
    ...Array.from({ length: rows.normal }, () => line('normal', 0, '')),
    ...Array.from({ length: rows.anomaly }, () => line('anomaly', 6, '')),
    ...Array.from({ length: rows.auxiliary }, (_, i) => (i % 2 === 0 ? line('auxiliary', 6, 'realistic') : line('auxiliary', 30, 'unrealistic'))),
  ];
  return ['width,weight,ratio,tilt,role,quality_label', ...lines].join('\n');
}
