import { z } from 'zod';
import { AssayError } from '@/lib/errors';
import type { HubRevision, HubSettings } from './address';
import { resolveUrl, treeUrl } from './address';
import { askHub, unreachable } from './request';

/** A file of a repository. */
export type HubFile = {
  readonly path: string;
  readonly bytes: number;
  /** Known of files in large-file storage only. */
  readonly sha256: string | null;
  /** Git's hash of the others: SHA-1 of "blob <bytes>\0" and the content. */
  readonly gitHash: string | null;
};

const MAX_PAGES = 50;

const entrySchema = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number().int().nonnegative().default(0),
  oid: z.string().optional(),
  lfs: z.object({ oid: z.string(), size: z.number().int().nonnegative() }).nullish(),
});

const sha256Pattern = /^[0-9a-f]{64}$/;
const sha1Pattern = /^[0-9a-f]{40}$/;

function toFile({ path, size, oid, lfs }: z.infer<typeof entrySchema>): HubFile {
  const sha256 = lfs?.oid.replace(/^sha256:/, '');
  if (lfs && sha256 !== undefined && sha256Pattern.test(sha256)) return { path, bytes: lfs.size, sha256, gitHash: null };
  return { path, bytes: size, sha256: null, gitHash: !lfs && oid !== undefined && sha1Pattern.test(oid) ? oid : null };
}

/** The address of the next page, where the answer names one of the same server. */
function nextPage(response: Response, url: string): string | undefined {
  const match = /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get('link') ?? '');
  if (match?.[1] === undefined) return undefined;
  const next = new URL(match[1], url);
  return next.origin === new URL(url).origin ? next.href : undefined;
}

/**
 * Lists the files of a repository, those in folders included.
 * @throws AssayError as `askHub`
 */
export async function listFiles(settings: HubSettings, revision: HubRevision, signal?: AbortSignal): Promise<HubFile[]> {
  const files: HubFile[] = [];
  let url: string | undefined = treeUrl(settings, revision);
  for (let page = 0; url !== undefined && page < MAX_PAGES; page++) {
    const { response } = await askHub(settings, url, { method: 'GET', signal });
    files.push(...(await entriesOf(response)));
    url = nextPage(response, url);
  }
  return files;
}

async function entriesOf(response: Response): Promise<HubFile[]> {
  try {
    const entries = z.array(entrySchema).parse(await response.json());
    return entries.filter(({ type }) => type === 'file').map(toFile);
  } catch (cause) {
    throw unreachable('its list of files does not have the form that a hub gives.', cause);
  }
}

/**
 * Asks which commit a revision stands for, so that all files come from one state.
 * @param path of any file of the repository
 * @returns the commit, or the revision itself where the server does not say (simple mirrors)
 */
export async function commitOf(settings: HubSettings, revision: HubRevision, path: string, signal?: AbortSignal): Promise<string> {
  const { response, told } = await askHub(settings, resolveUrl(settings, revision, path), { method: 'HEAD', signal, stay: true });
  await response.body?.cancel();
  const commit = told.get('x-repo-commit');
  return commit !== null && sha1Pattern.test(commit) ? commit : revision.revision;
}

/** Lets a file pass that is as small as configurations are. @throws AssayError `model.invalid` */
export function requireSmall(file: HubFile, limit = 4 * 1024 ** 2): HubFile {
  if (file.bytes <= limit) return file;
  throw new AssayError('model.invalid', `${file.path} has ${file.bytes} bytes; that is no configuration.`);
}
