import type { TableFields } from './feature-table';
import { badTable } from './feature-table';

/** Where the value of a column goes: into the vector, or into one of the fields. `label` is 0 (normal) or 1 (anomaly). */
export type ColumnUse = { readonly kind: 'feature'; readonly at: number } | { readonly kind: keyof TableFields | 'label' };

/** How the columns of a table are read. */
export type ColumnPlan = { readonly names: readonly string[]; readonly uses: readonly ColumnUse[]; readonly features: readonly string[] };

const FIELDS: Readonly<Record<string, keyof TableFields | 'label'>> = {
  role: 'role', split: 'split',
  label: 'label', y: 'label', class: 'label', outlier: 'label', is_anomaly: 'label', is_outlier: 'label',
  quality_label: 'qualityLabel', qualitylabel: 'qualityLabel', defect_type: 'defectType', defecttype: 'defectType',
  generator: 'generator', id: 'name', name: 'name',
};

/** A column that names files: such a table tells of other files and is metadata, not vectors. */
const PATHS = new Set(['path', 'file', 'filename', 'file_name', 'image', 'image_path', 'file_path']);

const LONGEST_NAME = 200;

/** True where a header has a column of paths. */
export function tellsOfFiles(header: readonly string[]): boolean {
  return header.some((name) => PATHS.has(wordOf(name)));
}

/**
 * Reads a header: role, split, label (y, class, outlier), quality_label, defect_type, generator and id (name) are what
 * their names say; every other column is a feature. A first column without a name is the row index that pandas writes.
 * @throws AssayError `table.invalid` for a column without a name, or a name that stands twice
 */
export function planColumns(file: string, header: readonly string[]): ColumnPlan {
  const names = header.map((name) => name.trim());
  const seen = new Map<string, number>();
  const features: string[] = [];
  const uses = names.map((name, i): ColumnUse => {
    const kind = name === '' && i === 0 ? 'name' : FIELDS[wordOf(name)];
    const key = kind ?? `feature ${name}`;
    const before = seen.get(key);
    if (before !== undefined) throw badTable(`${file}: the columns ${before + 1} and ${i + 1} ("${names[before]}", "${name}") mean the same.`, 'Give every column its own name.');
    seen.set(key, i);
    if (kind !== undefined) return { kind };
    if (name === '') throw badTable(`${file}: column ${i + 1} has no name.`, 'The first line names the columns.');
    if (name.length > LONGEST_NAME) throw badTable(`${file}: the name of column ${i + 1} has more than ${LONGEST_NAME} characters.`);
    features.push(name);
    return { kind: 'feature', at: features.length - 1 };
  });
  return { names, uses, features };
}

function wordOf(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[\s-]+/g, '_');
}
