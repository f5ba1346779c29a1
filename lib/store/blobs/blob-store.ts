import path from 'node:path';
import { env } from '@/lib/env';
import { FileSystemBlobStore } from './file-system';
import type { BlobStore } from './port';
import { S3BlobStore } from './s3';

let opened: { key: string; blobs: BlobStore } | undefined;

/** The process's blob store: the bucket of S3_BUCKET when set, else the folder `blobs` of the data folder. */
export function blobStore(): BlobStore {
  const { s3, dataDir } = env();
  const key = s3 === undefined ? dataDir : JSON.stringify(s3);
  if (opened?.key !== key) {
    const blobs = s3 === undefined ? new FileSystemBlobStore(path.join(/* turbopackIgnore: true */ dataDir, 'blobs')) : new S3BlobStore(s3);
    opened = { key, blobs };
  }
  return opened.blobs;
}
