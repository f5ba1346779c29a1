import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storageFailure } from './failures';
import { FileSystemBlobStore } from './file-system';
import { sha256Of } from './hashing';
import type { BlobStore } from './port';
import { S3BlobStore } from './s3';

/** Speaks as much S3 as the blob store uses: put, get with range, head, delete, multipart. */
class S3Stub {
  readonly objects = new Map<string, Buffer>();
  readonly parts = new Map<string, Buffer[]>();
  full = false;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const url = new URL(request.url ?? '/', 'http://stub');
    const [status, answer, headers] = this.handle(request, url, body);
    response.writeHead(status, { 'content-length': answer.length, ...headers }).end(request.method === 'HEAD' ? undefined : answer);
  }

  private handle(request: IncomingMessage, url: URL, body: Buffer): [number, Buffer, Record<string, string>?] {
    const key = url.pathname;
    if (request.method === 'PUT' && this.full) return [507, Buffer.from('<Error><Code>XMinioStorageFull</Code><Message>full</Message></Error>')];
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      this.parts.set(key, []);
      return [200, Buffer.from('<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>')];
    }
    if (request.method === 'POST') {
      this.objects.set(key, Buffer.concat(this.parts.get(key) ?? []));
      return [200, Buffer.from('<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>')];
    }
    if (request.method === 'PUT' && url.searchParams.has('partNumber')) {
      const parts = this.parts.get(key) ?? [];
      parts[Number(url.searchParams.get('partNumber')) - 1] = body;
      return [200, Buffer.alloc(0), { etag: '"p"' }];
    }
    if (request.method === 'PUT') {
      this.objects.set(key, body);
      return [200, Buffer.alloc(0), { etag: '"e"' }];
    }
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      return [204, Buffer.alloc(0)];
    }
    return this.get(key, request.headers.range);
  }

  private get(key: string, range: string | undefined): [number, Buffer] {
    const content = this.objects.get(key);
    if (content === undefined) return [404, Buffer.from('<Error><Code>NoSuchKey</Code></Error>')];
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    return start === undefined ? [200, content] : [206, content.subarray(Number(start), Number(end) + 1)];
  }
}

const stub = new S3Stub();
let root: string;
let endpoint: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'assay-blobs-'));
  endpoint = await stub.listen();
});
afterAll(async () => {
  await stub.close();
  await rm(root, { recursive: true });
});

const stores: Record<string, () => BlobStore> = {
  folder: () => new FileSystemBlobStore(root),
  s3: () => new S3BlobStore({ bucket: 'images', region: 'us-east-1', endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, forcePathStyle: true }),
};

describe.each(Object.keys(stores))('blob store: %s', (kind) => {
  const open = (): BlobStore => stores[kind]!();

  it('keeps content under its hash, once', async () => {
    const content = randomBytes(1000);
    const key = await open().put(content);
    expect(key).toBe(sha256Of(content));
    expect(await open().put(content)).toBe(key);
    expect(await open().size(key)).toBe(1000);
    expect(await open().read(key)).toEqual(content);
  });

  it('streams in and out, with ranges inclusive at both ends', async () => {
    const content = randomBytes(7_000_000);
    const sha256 = sha256Of(content);
    const chunks = Array.from({ length: 70 }, (_, i) => content.subarray(i * 100_000, (i + 1) * 100_000));
    expect(await open().putStream(Readable.from(chunks), { expected: sha256 })).toEqual({ sha256, bytes: 7_000_000 });
    expect(sha256Of(await buffer(await open().stream(sha256)))).toBe(sha256);
    expect(await buffer(await open().stream(sha256, { start: 5, end: 9 }))).toEqual(content.subarray(5, 10));
  });

  it('stores nothing when the hash or the size is wrong, or the sender breaks off', async () => {
    const content = randomBytes(5000);
    const sha256 = sha256Of(content);
    const store = open();
    await expect(store.putStream(Readable.from([content]), { expected: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'upload.hash_mismatch' });
    await expect(store.putStream(Readable.from([content]), { maxBytes: 4999 })).rejects.toMatchObject({ code: 'request.too_large' });
    const broken = Readable.from(
      (async function* () {
        yield content.subarray(0, 100);
        throw new Error('connection reset');
      })(),
    );
    await expect(store.putStream(broken, { expected: sha256 })).rejects.toThrow('connection reset');
    expect(await store.size(sha256)).toBeNull();
    expect(await store.size('a'.repeat(64))).toBeNull();
  });

  it('says when there is no such content, and refuses keys that are no hashes', async () => {
    await expect(open().read('b'.repeat(64))).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(open().stream('b'.repeat(64))).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(open().read('../../etc/passwd')).rejects.toMatchObject({ code: 'request.not_found' });
  });

  it('removes', async () => {
    const key = await open().put(randomBytes(10));
    await open().remove(key);
    await open().remove(key);
    expect(await open().size(key)).toBeNull();
  });
});

describe('folder', () => {
  it('leaves no temporary file behind and clears abandoned ones', async () => {
    const folder = path.join(await mkdtemp(path.join(root, 'own-')), 'blobs');
    await mkdir(path.join(folder, 'tmp'), { recursive: true });
    await writeFile(path.join(folder, 'tmp', 'old'), 'x');
    await utimes(path.join(folder, 'tmp', 'old'), 0, 0);
    await writeFile(path.join(folder, 'tmp', 'young'), 'x');
    const store = new FileSystemBlobStore(folder);
    await store.put(randomBytes(10));
    const refused = Array.from({ length: 100 }, () => store.putStream(Readable.from([Buffer.from('x')]), { expected: 'c'.repeat(64) }));
    expect(await Promise.allSettled(refused)).toEqual(Array(100).fill(expect.objectContaining({ status: 'rejected' })));
    expect(await readdir(path.join(folder, 'tmp'))).toEqual(['young']);
  });
});

describe('failures', () => {
  it('names a full disk and a full bucket', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(storageFailure(full)).toMatchObject({ code: 'storage.full' });
    stub.full = true;
    await expect(stores['s3']!().put(randomBytes(10))).rejects.toMatchObject({ code: 'storage.full' });
    stub.full = false;
  });

  it('names a full disk where there is one', async (context) => {
    // /dev/full answers every write with ENOSPC; a folder store cannot live in it, so the stream path is shown directly.
    if (process.platform !== 'linux') return context.skip();
    const { open } = await import('node:fs/promises');
    const handle = await open('/dev/full', 'w');
    const failure = await handle.writeFile('x').catch((error: unknown) => error);
    await handle.close();
    expect(storageFailure(failure)).toMatchObject({ code: 'storage.full' });
  });

  it('keeps an unknown failure apart from a missing blob', () => {
    expect(storageFailure(new Error('socket hang up'))).toMatchObject({ code: 'storage.failed' });
  });
});
