import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Settings } from '@/lib/env';
import { blobNotFound, isAbsent, storageFailure } from './failures';
import { checkKey, HashingStream, sha256Of } from './hashing';
import type { BlobStore } from './port';
import { writeNewFile } from './write-new-file';

/**
 * Blobs as objects `blobs/ab/abcd…` of an S3-compatible bucket. A stream is first kept in a temporary file: its key is its
 * hash, which is known (and checked) only at its end.
 */
export class S3BlobStore implements BlobStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(settings: S3Settings) {
    this.bucket = settings.bucket;
    this.client = new S3Client({
      region: settings.region,
      forcePathStyle: settings.forcePathStyle,
      // Servers other than Amazon's often refuse the SDK's newer default checksums; the key is the checksum already.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
      ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
    });
  }

  async put(content: Uint8Array): Promise<string> {
    const sha256 = sha256Of(content);
    if ((await this.size(sha256)) === content.length) return sha256;
    await this.guarded(() => this.client.send(new PutObjectCommand({ ...this.address(sha256), Body: content })));
    return sha256;
  }

  async putStream(content: Readable, options: { expected?: string; maxBytes?: number } = {}): Promise<{ sha256: string; bytes: number }> {
    const hashing = new HashingStream(options);
    const spool = path.join(tmpdir(), `assay-blob-${randomBytes(12).toString('hex')}`);
    try {
      await writeNewFile(spool, content, hashing);
      await this.putFile(spool, hashing.sha256, hashing.bytes);
    } catch (error) {
      throw storageFailure(error);
    } finally {
      await rm(spool, { force: true });
    }
    return { sha256: hashing.sha256, bytes: hashing.bytes };
  }

  async read(sha256: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    try {
      for await (const part of await this.stream(sha256)) parts.push(part as Buffer);
    } catch (error) {
      throw storageFailure(error, sha256);
    }
    return Buffer.concat(parts);
  }

  async stream(sha256: string, range?: { start: number; end: number }): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const answer = await this.guarded(() => this.client.send(new GetObjectCommand({ ...this.address(sha256), Range })), sha256);
    if (answer.Body === undefined) throw blobNotFound(sha256);
    return answer.Body as Readable;
  }

  async size(sha256: string): Promise<number | null> {
    try {
      const answer = await this.client.send(new HeadObjectCommand(this.address(sha256)));
      return answer.ContentLength ?? null;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw storageFailure(error);
    }
  }

  async remove(sha256: string): Promise<void> {
    await this.guarded(() => this.client.send(new DeleteObjectCommand(this.address(sha256))));
  }

  private address(sha256: string): { Bucket: string; Key: string } {
    checkKey(sha256);
    return { Bucket: this.bucket, Key: `blobs/${sha256.slice(0, 2)}/${sha256}` };
  }

  private async guarded<T>(send: () => Promise<T>, sha256?: string): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw storageFailure(error, sha256);
    }
  }

  /** Sends a file in parts, a few at a time. */
  private async putFile(file: string, sha256: string, bytes: number): Promise<void> {
    if ((await this.size(sha256)) === bytes) return;
    const params = { ...this.address(sha256), Body: createReadStream(file) };
    await new Upload({ client: this.client, params }).done();
  }
}
