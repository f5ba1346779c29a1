import { AssayError } from '@/lib/errors';

/** Where networks are downloaded from. */
export type HubSettings = {
  /** Without a slash at the end: https://huggingface.co, or a mirror of its layout. */
  readonly baseUrl: string;
  /** Sent to that address only, never along with a redirect to another one. */
  readonly token?: string | undefined;
};

/** A state of a repository. */
export type HubRevision = { readonly repo: string; readonly revision: string };

const repoPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}\/[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/;
const revisionPattern = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;
const partPattern = /^[^\p{Cc}\\/]{1,255}$/u;

function refuse(message: string): never {
  throw new AssayError('parameter.invalid', message, { hint: 'Give it as hf:owner/repository, or hf:owner/repository@revision.' });
}

/**
 * Reads "hf:owner/repository" or "owner/repository", with "@revision" where another than main is meant.
 * @throws AssayError `parameter.invalid`
 */
export function parseHubId(text: string): HubRevision {
  const [repo = '', revision = 'main', ...rest] = text.trim().replace(/^hf:(\/\/)?/, '').split('@');
  if (rest.length > 0 || !repoPattern.test(repo) || repo.includes('..')) refuse(`"${text}" does not name a repository of the hub.`);
  if (!revisionPattern.test(revision) || revision.includes('..')) refuse(`"${revision}" is no revision.`);
  return { repo, revision };
}

/** Guards a path that came from outside before it becomes part of an address or of a file's name. @throws AssayError `path.unsafe` */
export function checkHubPath(path: string): string {
  const parts = path.split('/');
  if (parts.every((part) => partPattern.test(part) && part !== '.' && part !== '..')) return path;
  throw new AssayError('path.unsafe', `"${path}" is no path inside a repository.`);
}

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Address of a file's bytes. */
export function resolveUrl({ baseUrl }: HubSettings, { repo, revision }: HubRevision, path: string): string {
  return `${baseUrl}/${encodePath(repo)}/resolve/${encodeURIComponent(revision)}/${encodePath(checkHubPath(path))}`;
}

/** Address of the list of files. */
export function treeUrl({ baseUrl }: HubSettings, { repo, revision }: HubRevision): string {
  return `${baseUrl}/api/models/${encodePath(repo)}/tree/${encodeURIComponent(revision)}?recursive=true`;
}
