import type { Readable } from 'node:stream';
import type { ListedFile, ManifestFile } from '@/lib/api/contracts/export-manifest';
import { exportFiles } from '@/lib/store/exports/files';
import type { Export, Project } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';

/** An export that waits to be written, with its project. */
export type FrozenExport = Export & { readonly project: Project };

/** Writes one format: makes the file as a stream, which is read while it is made. */
export type ExportWriter = (frozen: FrozenExport, context: PipelineContext) => Promise<Readable>;

/** The files of an export with the sizes of their masks. Masks that the store no longer has are left out. */
export async function manifestFiles(frozen: FrozenExport, context: PipelineContext): Promise<ManifestFile[]> {
  const files: readonly ListedFile[] = await exportFiles(frozen, frozen.project.objectName, context);
  const sized: ManifestFile[] = [];
  for (const file of files) {
    const bytes = file.mask === null ? null : await context.blobs.size(file.mask.sha256);
    sized.push({ ...file, mask: file.mask === null || bytes === null ? null : { ...file.mask, bytes } });
  }
  return sized;
}
