import type { ListedFile } from '@/lib/api/contracts/export-manifest';
import type { Standing, TableHead, TableRow } from './table-columns';

/** What the class of a sample is called where a format wants one: "good", its defect type, or its role. */
export function className({ role, defectType }: Pick<ListedFile, 'role' | 'defectType'>): string {
  return role === 'normal' ? 'good' : (defectType ?? (role === 'anomaly' ? 'anomaly' : 'synthetic'));
}

/** Everything that an export knows of a sample besides its image, for formats with room for attributes. Absent values are left out. */
export function sampleFacts({ file, tags, standings }: TableRow, { others }: TableHead): Record<string, unknown> {
  const { score, decision } = file;
  const facts = {
    sample_id: file.sampleId, sha256: file.sha256, original: [file.original.folder, file.original.fileName].filter((part) => part !== '').join('/'),
    role: file.role, split: file.split, defect_type: file.defectType, quality_label: file.qualityLabel, tags: tags.length === 0 ? null : tags,
    generator: file.generator, prompt: file.prompt, parameters: file.parameters, severity: file.severity,
    quality: score?.quality, rank: standings[0]?.rank, percentile: standings[0]?.percentile, probability: score?.probability, density: score?.density, rarity: score?.rarity, zone: score?.zone,
    ...otherQualities(standings.slice(1), others),
    verdict: decision?.verdict, reason: decision?.reason, note: decision?.note, decided_by: decision?.userName, decided_at: decision?.decidedAt, decision_version: decision?.version, decision_run_id: decision?.runId,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined));
}

function otherQualities(standings: readonly (Standing | null)[], others: TableHead['others']): Record<string, number | undefined> {
  return Object.fromEntries(others.map(({ evaluator }, i) => [`quality_${evaluator}`, standings[i]?.quality]));
}
