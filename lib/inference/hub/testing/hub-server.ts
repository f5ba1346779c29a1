import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export const testCommit = '0123456789abcdef0123456789abcdef01234567';

export type Served = { readonly content: Buffer; readonly lfs: boolean };

export type Seen = { readonly host: 'hub' | 'cdn'; readonly method: string; readonly path: string; readonly authorization: string | undefined; readonly range: string | undefined };

/** What a test lets go wrong. */
export type Faults = {
  /** Breaks the connection after that many bytes of a body, once for each entry. */
  cuts: number[];
  /** Of a longer body sends that many bytes and then nothing more, with the connection left open. */
  hold: number | null;
  /** Answers this instead, to everything. */
  status: { status: number; code?: string } | null;
  /** Serves other bytes than the list announces. */
  damage: boolean;
  /** Sends whole files whatever range was asked for. */
  ignoreRange: boolean;
  /** Answers 503 to that many requests for bytes. */
  busy: number;
};

/**
 * A server that speaks the hub's layout: the list of files, HEAD and GET of /resolve/ with the X-Linked headers, and a
 * redirect of large files to another server (another port, so another origin) that holds their bytes.
 */
export class HubServer {
  readonly repositories = new Map<string, Map<string, Served>>();
  readonly seen: Seen[] = [];
  readonly faults: Faults = { cuts: [], hold: null, status: null, damage: false, ignoreRange: false, busy: 0 };
  private readonly hub: Server = createServer((request, response) => this.answerHub(request, response));
  private readonly cdn: Server = createServer((request, response) => this.answerCdn(request, response));

  async listen(port = 0): Promise<string> {
    await new Promise<void>((done) => this.hub.listen(port, '127.0.0.1', done));
    await new Promise<void>((done) => this.cdn.listen(0, '127.0.0.1', done));
    return this.url(this.hub);
  }

  async close(): Promise<void> {
    for (const server of [this.hub, this.cdn]) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  /** A repository of files in memory. ONNX files and their weights lie in large-file storage, as on the hub. */
  add(repo: string, files: Readonly<Record<string, Uint8Array | string>>): void {
    this.repositories.set(repo, new Map(Object.entries(files).map(([name, content]) => [name, { content: Buffer.from(content), lfs: /\.onnx(_data.*)?$/.test(name) }])));
  }

  /** A repository of the files of a folder. */
  async addFolder(repo: string, folder: string): Promise<void> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    this.add(repo, Object.fromEntries(await Promise.all(names.map(async (name) => [path.relative(folder, name).split(path.sep).join('/'), await readFile(name)] as const))));
  }

  private url(server: Server): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  private note(host: Seen['host'], request: IncomingMessage): void {
    const { authorization, range } = request.headers;
    this.seen.push({ host, method: request.method ?? '', path: request.url ?? '', authorization, range });
  }

  private answerHub(request: IncomingMessage, response: ServerResponse): void {
    this.note('hub', request);
    const { status } = this.faults;
    if (status !== null) return void response.writeHead(status.status, status.code === undefined ? {} : { 'x-error-code': status.code }).end();
    const url = new URL(request.url ?? '/', 'http://hub');
    const tree = /^\/api\/models\/([^/]+\/[^/]+)\/tree\/[^/]+$/.exec(url.pathname);
    if (tree !== null) return this.answerTree(response, tree[1]!, url.searchParams.get('cursor'));
    const file = /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(url.pathname);
    const served = file === null ? undefined : this.repositories.get(file[1]!)?.get(decodeURIComponent(file[2]!));
    if (served === undefined) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
    const told = { 'x-repo-commit': testCommit };
    if (!served.lfs) return this.send(request, response, served.content, told);
    response
      .writeHead(302, { ...told, 'x-linked-size': served.content.length, 'x-linked-etag': `"${sha256(served.content)}"`, location: `${this.url(this.cdn)}/${file![1]!}/${file![2]!}?signature=1` })
      .end();
  }

  /** The list comes in two pages. */
  private answerTree(response: ServerResponse, repo: string, cursor: string | null): void {
    const files = this.repositories.get(repo);
    if (files === undefined) return void response.writeHead(401, { 'x-error-code': 'RepoNotFound' }).end();
    const entries = [...files].map(([name, { content, lfs }]) => ({
      type: 'file',
      path: name,
      size: content.length,
      oid: createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
      ...(lfs ? { lfs: { oid: sha256(content), size: content.length, pointerSize: 134 } } : {}),
    }));
    const half = Math.ceil(entries.length / 2);
    const page = cursor === null ? [{ type: 'directory', path: 'onnx', oid: '0' }, ...entries.slice(0, half)] : entries.slice(half);
    const link = cursor === null ? { link: `<${this.url(this.hub)}/api/models/${repo}/tree/main?recursive=true&cursor=2>; rel="next"` } : {};
    response.writeHead(200, { 'content-type': 'application/json', ...link }).end(JSON.stringify(page));
  }

  private answerCdn(request: IncomingMessage, response: ServerResponse): void {
    this.note('cdn', request);
    const [, owner, name, ...rest] = new URL(request.url ?? '/', 'http://cdn').pathname.split('/');
    const served = this.repositories.get(`${owner}/${name}`)?.get(decodeURIComponent(rest.join('/')));
    if (served === undefined) return void response.writeHead(404).end();
    if (this.faults.busy > 0) {
      this.faults.busy -= 1;
      return void response.writeHead(503).end();
    }
    this.send(request, response, this.faults.damage ? Buffer.from(served.content).fill(7, 0, 1) : served.content, {});
  }

  private send(request: IncomingMessage, response: ServerResponse, content: Buffer, headers: Record<string, string>): void {
    const asked = this.faults.ignoreRange ? null : /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const start = asked === null ? 0 : Number(asked[1]);
    if (start >= content.length && start > 0) return void response.writeHead(416).end();
    const body = content.subarray(start);
    const range = asked === null ? {} : { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
    response.writeHead(asked === null ? 200 : 206, { ...headers, ...range, 'content-length': body.length });
    const cut = request.method === 'GET' ? this.faults.cuts.shift() : undefined;
    if (request.method === 'HEAD') return void response.end();
    if (this.faults.hold !== null && body.length > this.faults.hold) return void response.write(body.subarray(0, this.faults.hold));
    if (cut === undefined) return void response.end(body);
    response.write(body.subarray(0, cut), () => response.destroy());
  }
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
