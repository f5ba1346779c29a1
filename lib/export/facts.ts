import type { ListedFile } from '@/lib/api/contracts/export-manifest';
import type { MaskShape } from './run-length';
import type { Standing, TableHead, TableRow } from './table-columns';

/** A sample and the region of its mask; null where it has no mask, or an empty one. */
export type LabelledRow = { readonly row: TableRow; readonly shape: MaskShape | null };

/** What the class of a sample is called where a format wants one: "good", its defect type, or its role. */
export function className({ role, defectType }: Pick<ListedFile, 'role' | 'defectType'>): string {
  return role === 'normal' ? 'good' : (defectType ?? (role === 'anomaly' ? 'anomaly' : 'synthetic'));
}

/** Everything that an export knows of a sample besides its image, for formats with room for attributes. Absent values are left out. */
export function sampleFacts(row: TableRow, { others }: TableHead): Record<string, unknown> {
  const facts = { ...ownFacts(row), ...scoreFacts(row), ...otherQualities(row.standings.slice(1), others), ...decisionFacts(row) };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined));
}

function ownFacts({ file, tags }: TableRow): Record<string, unknown> {
  return {
    sample_id: file.sampleId, sha256: file.sha256, original: [file.original.folder, file.original.fileName].filter((part) => part !== '').join('/'),
    role: file.role, split: file.split, defect_type: file.defectType, quality_label: file.qualityLabel, tags: tags.length === 0 ? null : tags,
    generator: file.generator, prompt: file.prompt, parameters: file.parameters, severity: file.severity,
  };
}

function scoreFacts({ file: { score }, standings: [own] }: TableRow): Record<string, unknown> {
  const standing = { rank: own?.rank, percentile: own?.percentile };
  return score === null ? standing : { quality: score.quality, ...standing, probability: score.probability, density: score.density, rarity: score.rarity, zone: score.zone };
}

function decisionFacts({ file: { decision } }: TableRow): Record<string, unknown> {
  if (decision === null) return {};
  const { verdict, reason, note, userName, decidedAt, version, runId } = decision;
  return { verdict, reason, note, decided_by: userName, decided_at: decidedAt, decision_version: version, decision_run_id: runId };
}

function otherQualities(standings: readonly (Standing | null)[], others: TableHead['others']): Record<string, number | undefined> {
  return Object.fromEntries(others.map(({ evaluator }, i) => [`quality_${evaluator}`, standings[i]?.quality]));
}
