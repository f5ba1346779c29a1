import { unpackUuids, type Columns } from '@/lib/api/contracts/columns';
import type { SampleRole } from '@/lib/api/contracts/common';
import type { SelectionPart } from '@/lib/api/contracts/selections';

/** Zero-shot score of one image by the picked pair. */
export type ImageScore = {
  readonly sampleId: string;
  readonly role: SampleRole;
  /** What it was in the selection; null for what took no part. */
  readonly part: SelectionPart | null;
  readonly defectType: string;
  /** 0..1: share of the anomalous text. */
  readonly score: number;
  /** Cosine of the anomalous text minus that of the normal one, by which images are ordered. */
  readonly difference: number;
  /** What a SigLIP-type model says of each text itself; null for CLIP. */
  readonly native: { readonly normal: number; readonly anomalous: number } | null;
};

const roles: readonly SampleRole[] = ['normal', 'anomaly', 'auxiliary'];

/** Rows of a selection's columns, the most anomalous first; of equals the order of the files. */
export function imageScores({ rows, columns }: Columns): ImageScore[] {
  const { id, role, part, defectType, score, difference, nativeNormal, nativeAnomalous } = columns;
  if (id?.type !== 'uuid' || role?.type !== 'u8' || part?.type !== 'u8' || defectType?.type !== 'u16' || score?.type !== 'f64' || difference?.type !== 'f64') return [];
  const ids = unpackUuids(id.data);
  const nativeOf = (row: number) => (nativeNormal === undefined || nativeAnomalous === undefined ? null : { normal: Number(nativeNormal.data[row]), anomalous: Number(nativeAnomalous.data[row]) });
  return Array.from({ length: rows }, (_, row): ImageScore => ({
    sampleId: ids[row]!,
    role: roles[role.data[row]!]!,
    part: part.data[row] === 0 ? null : (part.values?.[part.data[row]!] as SelectionPart),
    defectType: defectType.values?.[defectType.data[row]!] ?? '',
    score: score.data[row]!,
    difference: difference.data[row]!,
    native: nativeOf(row),
  })).sort((a, b) => b.difference - a.difference);
}

export type ScoreFilter = 'all' | 'real' | 'synthetic' | 'normal';

/** Images of one kind: real anomalies, synthetic ones, normals. */
export function filteredScores(scores: readonly ImageScore[], filter: ScoreFilter): readonly ImageScore[] {
  if (filter === 'all') return scores;
  const role = { real: 'anomaly', synthetic: 'auxiliary', normal: 'normal' }[filter];
  return scores.filter((one) => one.role === role);
}
