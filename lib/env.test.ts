import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptRandom, parseEnv } from './env';

describe('parseEnv', () => {
  it('has a default for everything but the database', () => {
    expect(parseEnv({})).toMatchObject({
      databaseUrl: undefined,
      dataDir: path.resolve('.assay/data'),
      baseUrl: 'http://127.0.0.1:3000',
      host: '127.0.0.1',
      port: 3000,
      tls: undefined,
      s3: undefined,
    });
  });

  it('takes an empty value for none', () => {
    expect(parseEnv({ DATABASE_URL: '', PORT: '', ASSAY_SECRET: '' })).toMatchObject({ databaseUrl: undefined, port: 3000 });
  });

  it.each([
    [{ ASSAY_HOST: '0.0.0.0', PORT: '80' }, 'http://localhost:80'],
    [{ ASSAY_HOST: '::1' }, 'http://[::1]:3000'],
    [{ ASSAY_TLS_CERT: 'a', ASSAY_TLS_KEY: 'b', ASSAY_HOST: 'assay.example' }, 'https://assay.example:3000'],
    [{ ASSAY_BASE_URL: 'https://assay.example/' }, 'https://assay.example'],
  ])('derives the base URL of %o', (variables, baseUrl) => {
    expect(parseEnv(variables).baseUrl).toBe(baseUrl);
  });

  it.each([
    [{ DATABASE_URL: 'mysql://x' }, 'The environment variable DATABASE_URL is not usable: must begin with postgresql://.'],
    [{ ASSAY_SECRET: 'short' }, 'The environment variable ASSAY_SECRET is not usable: must have at least 32 characters.'],
    [{ ASSAY_BASE_URL: 'ftp://x' }, 'The environment variable ASSAY_BASE_URL is not usable: must be an http or https address.'],
    [{ PORT: '70000' }, expect.stringContaining('The environment variable PORT is not usable')],
    [{ ASSAY_TLS_CERT: 'a' }, 'A TLS certificate and its key must be given together.'],
    [{ S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'k' }, 'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set together.'],
  ])('refuses %o in one sentence', (variables, message) => {
    expect(() => parseEnv(variables)).toThrow(expect.objectContaining({ code: 'parameter.invalid', message }));
  });

  it('reads the S3 settings', () => {
    expect(parseEnv({ S3_BUCKET: 'b', S3_ENDPOINT: 'http://127.0.0.1:9000', S3_FORCE_PATH_STYLE: 'true' }).s3).toEqual({
      bucket: 'b',
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9000',
      credentials: undefined,
      forcePathStyle: true,
    });
  });
});

describe('keptRandom', () => {
  it('makes the value once, readable by its owner only', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'assay-secret-'));
    const file = path.join(folder, 'sub', 'secret');
    const first = keptRandom(file);
    expect(Buffer.from(first, 'base64')).toHaveLength(32);
    expect(keptRandom(file)).toBe(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });
});
