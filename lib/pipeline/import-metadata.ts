import { readMetadata } from '@/lib/ingest/metadata';
import type { UploadFile } from '@/lib/store/generated/client';
import { applyMetadata } from '@/lib/store/uploads/sample-roles';
import type { PipelineContext } from './context';
import { refuseOrThrow, type FileOutcome } from './import-sample';

/** Reads a metadata.csv or metadata.jsonl that came among the images. */
export async function importMetadata(file: UploadFile, context: PipelineContext): Promise<FileOutcome> {
  const { store, blobs } = context;
  if (file.sha256 === null) return 'untouched';
  try {
    const table = readMetadata(await blobs.read(file.sha256), file.path);
    return await store.$transaction(async (transaction) => {
      const end = { state: 'stored' as const, errorCode: null, errorMessage: `Metadata of ${table.rows.size} files.` };
      const { count } = await transaction.uploadFile.updateMany({ where: { id: file.id, state: 'received' }, data: end });
      if (count === 0) return 'untouched';
      await applyMetadata(transaction, file.uploadId, file.path, table);
      return 'stored';
    }, { timeout: 120_000, maxWait: 60_000 });
  } catch (error) {
    return refuseOrThrow(file, error, context);
  }
}
