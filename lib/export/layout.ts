import type { SampleRole, Split } from '@/lib/api/contracts/common';

/** What decides where a sample lies in an export. */
export type Placed = {
  readonly id: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly role: SampleRole;
  readonly split: Split | null;
  readonly defectType: string | null;
};

/** Paths inside the archive: of the image, and of its mask if it has one. */
export type Place = { readonly image: string; readonly mask: string };

/**
 * The MVTec/anomalib folder layout:
 *
 *     <object>/train/good/          normals (test/good/ for those of the test split)
 *     <object>/test/<defect>/       real anomalies, masks in ground_truth/<defect>/<stem>_mask.png
 *     <object>/auxiliary/<defect>/  auxiliary anomalies, masks in masks/auxiliary/<defect>/<stem>_mask.png
 *
 * Auxiliary anomalies lie beside train/ and test/ and not in train/<defect>, and only masks of test anomalies lie in
 * ground_truth/: anomalib's MVTec reader would otherwise train one-class models on them, and it pairs the masks of
 * ground_truth/ with the anomalies of test/ one to one. A folder-based reader takes them as `abnormal_dir` and `mask_dir`.
 * Our own import recognises all of it.
 *
 * Two samples of one name in one folder: the later one (by id) gets the beginning of its hash behind its name.
 */
export function placeSamples(objectName: string, samples: readonly Placed[]): ReadonlyMap<string, Place> {
  const top = folderName(objectName, 'object');
  const taken = new Set<string>();
  const places = new Map<string, Place>();
  for (const sample of [...samples].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const [image, masks] = foldersOf(sample);
    const { stem, extension } = splitName(cleanName(sample.fileName));
    // Stems, not names: a.png and a.jpg would share a mask. Letter case does not tell files apart on every system.
    const key = (name: string) => `${image}/${name}`.toLowerCase();
    const name = taken.has(key(stem)) ? `${stem}_${sample.sha256.slice(0, 12)}` : stem;
    taken.add(key(name));
    places.set(sample.id, { image: `${top}/${image}/${name}${extension}`, mask: `${top}/${masks}/${name}_mask.png` });
  }
  return places;
}

type NamedExport = { exportId: string; projectName: string; createdAt: string };

/** Name of the file of an export without its ending: project, day and a part of its id. */
export function exportBaseName({ exportId, projectName, createdAt }: NamedExport): string {
  return `${folderName(projectName, 'export')}-${createdAt.slice(0, 10)}-${exportId.slice(-8)}`;
}

/** Name of the zip of an export. */
export function zipName(of: NamedExport): string {
  return `${exportBaseName(of)}.zip`;
}

/** A name as a folder: lower case, words joined by '_'. */
export function folderName(name: string, otherwise: string): string {
  const clean = cleanName(name.trim()).replace(/\s+/g, '_').toLowerCase();
  return clean === '' ? otherwise : clean;
}

function foldersOf({ role, split, defectType }: Placed): readonly [image: string, masks: string] {
  if (role === 'normal') return [`${split ?? 'train'}/good`, `masks/${split ?? 'train'}/good`];
  const defect = folderName(defectType ?? '', role === 'anomaly' ? 'anomaly' : 'synthetic');
  if (role === 'auxiliary') return [`auxiliary/${defect}`, `masks/auxiliary/${defect}`];
  return split === 'train' ? [`train/${defect}`, `masks/train/${defect}`] : [`test/${defect}`, `ground_truth/${defect}`];
}

/** Without what some file systems refuse; never empty for a name that has a letter. */
function cleanName(name: string): string {
  return name.replace(/[\p{Cc}<>:"/\\|?*]/gu, '_').replace(/^\.+|[. ]+$/g, '').slice(0, 180);
}

function splitName(name: string): { stem: string; extension: string } {
  const at = name.lastIndexOf('.');
  return at <= 0 ? { stem: name === '' ? 'image' : name, extension: '' } : { stem: name.slice(0, at), extension: name.slice(at) };
}
