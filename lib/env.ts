import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { AssayError } from './errors';
import { makeFolder } from './make-folder';

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');

const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .optional(),
  ASSAY_DATA_DIR: z.string().min(1).default(path.join('.assay', 'data')),
  ASSAY_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  ASSAY_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  ASSAY_WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional(),
  ASSAY_ONNX_PROVIDER: z.enum(['cpu', 'cuda', 'coreml', 'directml', 'openvino']).default('cpu'),
  ASSAY_EXTRACTION_THREADS: z.coerce.number().int().min(1).max(256).optional(),
  ASSAY_VERSION: z.string().default('0.1.0'),
  // Not HOST: shells and compilers put other things there.
  ASSAY_HOST: z.string().min(1).default('127.0.0.1'),
  ASSAY_TLS_CERT: z.string().min(1).optional(),
  ASSAY_TLS_KEY: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  ASSAY_HUB_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).default('https://huggingface.co'),
  ASSAY_HUB_TOKEN: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: z.base64().optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_FORCE_PATH_STYLE: flag.default(false),
});

/** Where blobs go when S3_BUCKET is set. Without keys the SDK's own chain (role, profile) finds them. */
export type S3Settings = {
  bucket: string;
  region: string;
  endpoint: string | undefined;
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  forcePathStyle: boolean;
};

/** The settings of this process, checked. */
export type Env = {
  mode: 'development' | 'production' | 'test';
  version: string;
  databaseUrl: string | undefined;
  /** Absolute path. */
  dataDir: string;
  /** Address under which people reach Assay, without a slash at the end. */
  baseUrl: string;
  host: string;
  port: number;
  /** Files with the certificate chain and its key; undefined: plain HTTP. */
  tls: { certFile: string; keyFile: string } | undefined;
  workerConcurrency: number;
  /** Where networks are downloaded from when a person asks for one; without a slash at the end. */
  hub: { baseUrl: string; token: string | undefined };
  /** What networks run on; where it is not to be had, the CPU. */
  onnxProvider: 'cpu' | 'cuda' | 'coreml' | 'directml' | 'openvino';
  /** Cores that all feature extractions of one worker process use together. */
  extractionThreads: number;
  logLevel: string;
  s3: S3Settings | undefined;
};

/** Plain name-value pairs, as in process.env. */
export type Variables = Readonly<Record<string, string | undefined>>;

let cached: Env | undefined;

/** The settings of this process; read on first use. @throws AssayError `parameter.invalid` */
export function env(): Env {
  return (cached ??= parseEnv(process.env));
}

/**
 * Checks the variables. An empty value counts as not set.
 * @throws AssayError `parameter.invalid` with one sentence that names the first bad variable
 */
export function parseEnv(source: Variables): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = variables.safeParse(given);
  if (!result.success) {
    const details = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    const [first] = details;
    throw new AssayError('parameter.invalid', `The environment variable ${first?.path} is not usable: ${first?.message}.`, { details });
  }
  const values = result.data;
  return {
    mode: values.NODE_ENV,
    version: values.ASSAY_VERSION,
    databaseUrl: values.DATABASE_URL,
    dataDir: path.resolve(/* turbopackIgnore: true */ values.ASSAY_DATA_DIR),
    baseUrl: (values.ASSAY_BASE_URL ?? ownAddress(values)).replace(/\/+$/, ''),
    host: values.ASSAY_HOST,
    port: values.PORT,
    tls: tlsFiles(values),
    workerConcurrency: values.ASSAY_WORKER_CONCURRENCY ?? Math.min(4, availableParallelism()),
    onnxProvider: values.ASSAY_ONNX_PROVIDER,
    extractionThreads: values.ASSAY_EXTRACTION_THREADS ?? availableParallelism(),
    hub: { baseUrl: values.ASSAY_HUB_URL.replace(/\/+$/, ''), token: values.ASSAY_HUB_TOKEN },
    logLevel: values.LOG_LEVEL,
    s3: s3Settings(values),
  };
}

/** URL of the database. @throws AssayError `database.unavailable` when none is set */
export function requireDatabaseUrl(): string {
  const url = env().databaseUrl;
  if (url !== undefined) return url;
  throw new AssayError('database.unavailable', 'No database is set.', {
    hint: 'Start Assay with "npm start", or set DATABASE_URL.',
  });
}

/**
 * The secret that sessions are signed with: ASSAY_SECRET, or a random one kept in the data folder (mode 0600).
 * Several web processes on different machines need the same ASSAY_SECRET.
 */
export function sessionSecret(): string {
  return process.env.ASSAY_SECRET || keptRandom(path.join(/* turbopackIgnore: true */ env().dataDir, 'session.secret'));
}

/** Reads a random value from a file, after making both on first use. Two processes at once get the same one. */
export function keptRandom(file: string): string {
  makeFolder(path.dirname(file));
  try {
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}

/** Sets variables for this process and its children; settings read before are read anew. */
export function setEnvironment(values: Variables): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  cached = undefined;
}

/** The environment for a child process: this one's, with `values` on top. */
export function childEnvironment(values: Variables): NodeJS.ProcessEnv {
  return { ...process.env, ...values };
}

type Values = z.infer<typeof variables>;

/** Bound to every address, Assay cannot know its name: ASSAY_BASE_URL tells it; until then it is that of this machine. */
function ownAddress(values: Values): string {
  const host = ['0.0.0.0', '::'].includes(values.ASSAY_HOST) ? 'localhost' : values.ASSAY_HOST;
  const scheme = tlsFiles(values) === undefined ? 'http' : 'https';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${values.PORT}`;
}

function tlsFiles(values: Values): Env['tls'] {
  const { ASSAY_TLS_CERT: certFile, ASSAY_TLS_KEY: keyFile } = values;
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile === undefined && keyFile === undefined) return undefined;
  throw new AssayError('parameter.invalid', 'A TLS certificate and its key must be given together.');
}

function s3Settings(values: Values): S3Settings | undefined {
  if (values.S3_BUCKET === undefined) return undefined;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new AssayError('parameter.invalid', 'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set together.');
  }
  return {
    bucket: values.S3_BUCKET,
    region: values.S3_REGION,
    endpoint: values.S3_ENDPOINT,
    credentials: accessKeyId !== undefined && secretAccessKey !== undefined ? { accessKeyId, secretAccessKey } : undefined,
    forcePathStyle: values.S3_FORCE_PATH_STYLE,
  };
}
