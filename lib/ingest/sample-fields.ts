import type { FileMetadata, FolderRole } from '@/lib/api/contracts/uploads';

/** What an upload says of a sample beside its pixels. */
export type SampleFields = FolderRole & {
  readonly generator: string | null;
  readonly prompt: string | null;
  readonly parameters: Readonly<Record<string, unknown>> | null;
  readonly severity: number | null;
};

/**
 * Joins the role of a folder with the metadata of one file, which goes first. A normal sample has no defect type, only an
 * auxiliary one has a pseudo-quality, and none has a split.
 */
export function sampleFields(folder: FolderRole, metadata: FileMetadata | null): SampleFields {
  const given = metadata ?? {};
  const role = given.role ?? folder.role;
  return {
    role,
    split: role === 'auxiliary' ? null : folder.split,
    defectType: role === 'normal' ? null : (given.defectType ?? folder.defectType),
    qualityLabel: role === 'auxiliary' ? (given.qualityLabel ?? folder.qualityLabel) : null,
    ...origin(given),
  };
}

function origin({ generator, prompt, parameters, severity }: FileMetadata): Pick<SampleFields, 'generator' | 'prompt' | 'parameters' | 'severity'> {
  return { generator: generator ?? null, prompt: prompt ?? null, parameters: parameters ?? null, severity: severity ?? null };
}
