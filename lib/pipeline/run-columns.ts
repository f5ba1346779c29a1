import { zones } from '@/lib/anomaly/eap/explanation';
import { encodeColumns, packUuids, type Column } from '@/lib/api/contracts/columns';
import type { Evaluation } from './evaluate';
import type { VectorSample } from './vectors';

const roles = ['normal', 'anomaly', 'auxiliary'];
const qualityLabels = ['realistic', 'indistinguishable', 'unrealistic'];

/**
 * The columns of a run (see `runColumns` in lib/api/contracts/routes.ts): auxiliary samples first, then all others, whose scores are NaN.
 */
export function runColumns({ vectors, set, valuation }: Evaluation): Uint8Array {
  const auxiliary = [...set.auxiliary].map((row) => vectors.samples[row]!);
  const others = vectors.samples.filter(({ role }) => role !== 'auxiliary');
  const samples = [...auxiliary, ...others];
  const rows = samples.length;
  const scores = (values: Float64Array | null): Column => {
    const data = new Float64Array(rows).fill(Number.NaN);
    if (values !== null) data.set(values);
    return { type: 'f64', data };
  };
  const zone = new Uint8Array(rows);
  const { explanation, spread } = valuation;
  if (explanation !== null) zone.set(explanation.zone.map((code) => code + 1));
  const columns: Record<string, Column> = {
    id: { type: 'uuid', data: packUuids(samples.map(({ id }) => id)) },
    role: { type: 'u8', data: Uint8Array.from(samples, ({ role }) => roles.indexOf(role)), values: roles },
    quality: scores(valuation.quality),
    probability: scores(valuation.probability),
    density: scores(valuation.density),
    rarity: scores(valuation.rarity),
    zone: { type: 'u8', data: zone, values: ['', ...zones] },
    defectType: defectTypes(samples),
    qualityLabel: {
      type: 'u8',
      data: Uint8Array.from(samples, ({ qualityLabel }) => (qualityLabel === null ? 0 : qualityLabels.indexOf(qualityLabel) + 1)),
      values: ['', ...qualityLabels],
    },
    ...(spread === null || spread === undefined ? {} : { p05: scores(spread.p05), p50: scores(spread.p50), p95: scores(spread.p95) }),
  };
  return encodeColumns({ rows, columns });
}

function defectTypes(samples: readonly VectorSample[]): Column {
  const values = ['', ...new Set(samples.flatMap(({ defectType }) => (defectType === null ? [] : [defectType])))];
  const codes = new Map(values.map((value, code) => [value, code]));
  return { type: 'u16', data: Uint16Array.from(samples, ({ defectType }) => (defectType === null ? 0 : codes.get(defectType)!)), values };
}
