import { describe, expect, it } from 'vitest';
import { ProblemError } from '@/lib/api/client';
import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import { UploadEngine } from './engine';
import type { UploadDoors, UploadPhase } from './engine-types';
import type { Source } from './sources';

const problem = (status: number, code: string) => new ProblemError({ type: 'about:blank', title: 'x', status, code, detail: `answered ${status}` });
/** What is in the files below. To read a Blob takes turns of the event loop, which on a busy machine cost more than all that is tried here. */
const texts = new WeakMap<File, string>();
const textOf = (file: File) => texts.get(file) ?? '';
const source = (path: string, text = path): Source => {
  const file = new File([text], path);
  texts.set(file, text);
  return { path, read: () => Promise.resolve(file) };
};
const sources = (count: number) => Array.from({ length: count }, (_, index) => source(`line/good/${index}.png`));

/** A server in memory: files by path, with what it was asked. */
function fakeServer() {
  const stored = new Map<string, string>();
  const paths = new Map<string, string>();
  const batches: number[] = [];
  const server = {
    stored,
    batches,
    opened: 0,
    closed: [] as string[],
    most: 0,
    now: 0,
    refuse: (_path: string): ProblemError | null => null,
  };
  const answer = (path: string, wanted: boolean): AnnouncedFile => ({ id: `id:${path}`, path, state: wanted ? 'expected' : 'stored', wanted, errorCode: null, errorMessage: null, sampleId: null });
  const doors: UploadDoors = {
    open: () => Promise.resolve(`upload-${++server.opened}`),
    close: (id) => {
      server.closed.push(id);
      return Promise.resolve();
    },
    hash: (file) => Promise.resolve(textOf(file)),
    announce: (_id, files) => {
      batches.push(files.length);
      for (const { path } of files) paths.set(`id:${path}`, path);
      return Promise.resolve(files.map(({ path }) => answer(path, !stored.has(path))));
    },
    put: async (_id, fileId, file, onSent) => {
      server.most = Math.max(server.most, ++server.now);
      await Promise.resolve();
      server.now--;
      const path = paths.get(fileId) ?? '';
      const refusal = server.refuse(path);
      if (refusal !== null) throw refusal;
      onSent(file.size);
      stored.set(path, textOf(file));
      return { ...answer(path, false), state: 'received' };
    },
    putWhole: (_id, { kind, file }) => Promise.resolve(void stored.set(`${kind}:${file.name}`, textOf(file))),
    wait: () => Promise.resolve(),
  };
  return { server, doors };
}

/** Resolves when the phase is reached and no file is on its way any more. */
function until(engine: UploadEngine, phase: UploadPhase): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      const now = engine.getSnapshot();
      if (now.phase === phase && !(phase === 'paused' && now.items.some((item) => item.state === 'sending'))) resolve();
    };
    engine.subscribe(check);
    check();
  });
}

describe('UploadEngine', () => {
  it('stores 1,300 files in batches of at most 500 with at most four on the way', async () => {
    const { server, doors } = fakeServer();
    const engine = new UploadEngine(doors);
    engine.add(sources(1300));
    await until(engine, 'ended');
    expect(server.stored.size).toBe(1300);
    expect(server.opened).toBe(1);
    expect(server.closed).toEqual(['upload-1']);
    expect(Math.max(...server.batches)).toBeLessThanOrEqual(500);
    expect(server.most).toBeLessThanOrEqual(4);
    expect(engine.getSnapshot().totals).toMatchObject({ files: 1300, sent: 1300, failed: 0, refused: 0 });
  });

  it('tries again after broken connections until every file is stored', async () => {
    const { server, doors } = fakeServer();
    const tries = new Map<string, number>();
    server.refuse = (path) => {
      const count = (tries.get(path) ?? 0) + 1;
      tries.set(path, count);
      return path.endsWith('7.png') && count < 3 ? problem(503, 'internal') : null;
    };
    const engine = new UploadEngine(doors);
    engine.add(sources(40));
    await until(engine, 'ended');
    expect(server.stored.size).toBe(40);
    expect(tries.get('line/good/7.png')).toBe(3);
  });

  it('ends with every file stored although one in a hundred connections is reset', async () => {
    const { server, doors } = fakeServer();
    let [asked, reset] = [0, 0];
    const put = doors.put.bind(doors);
    doors.put = (...file) => {
      if (++asked % 100 !== 0) return put(...file);
      reset++;
      return Promise.reject(problem(503, 'request.unreachable'));
    };
    const engine = new UploadEngine(doors);
    engine.add(sources(5000));
    await until(engine, 'ended');
    expect(server.stored.size).toBe(5000);
    expect([asked, reset]).toEqual([5050, 50]);
    expect(engine.getSnapshot().totals).toMatchObject({ files: 5000, sent: 5000, failed: 0, refused: 0 });
  });

  it('lists a refused file with its reason and lets the rest proceed; the file can be tried again', async () => {
    const { server, doors } = fakeServer();
    server.refuse = (path) => (path === 'line/good/3.png' ? problem(422, 'upload.hash_mismatch') : null);
    const engine = new UploadEngine(doors);
    engine.add(sources(10));
    await until(engine, 'ended');
    expect(engine.getSnapshot().totals).toMatchObject({ sent: 9, failed: 1 });
    expect(engine.getSnapshot().items[3]).toMatchObject({ state: 'failed', code: 'upload.hash_mismatch', reason: 'answered 422' });
    expect(server.closed).toEqual([]);
    server.refuse = () => null;
    engine.retryFailed();
    await until(engine, 'ended');
    expect(server.stored.size).toBe(10);
  });

  it('sends only what is missing when the same files come again', async () => {
    const { server, doors } = fakeServer();
    for (const { path } of sources(6)) server.stored.set(path, 'before');
    const engine = new UploadEngine(doors);
    engine.add(sources(10), 'upload-of-yesterday');
    await until(engine, 'ended');
    expect(server.opened).toBe(0);
    expect(engine.getSnapshot().totals).toMatchObject({ sent: 10, wasThere: 6 });
    expect(server.stored.get('line/good/0.png')).toBe('before');
  });

  it('pauses as a whole when the person was signed out, and goes on from there', async () => {
    const { server, doors } = fakeServer();
    server.refuse = () => problem(401, 'request.unauthenticated');
    const engine = new UploadEngine(doors);
    engine.add(sources(8));
    await until(engine, 'paused');
    expect(engine.getSnapshot().error).toBeInstanceOf(ProblemError);
    server.refuse = () => null;
    engine.resume();
    await until(engine, 'ended');
    expect(server.stored.size).toBe(8);
  });

  it('sends zips and tables whole and leaves litter of file systems behind', async () => {
    const { server, doors } = fakeServer();
    const engine = new UploadEngine(doors);
    engine.add([source('set.zip'), source('metadata.csv'), source('parts.csv'), source('x.NPZ'), source('a/.DS_Store'), source('__MACOSX/a/._1.png'), source('a/1.png')]);
    await until(engine, 'ended');
    expect([...server.stored.keys()].sort()).toEqual(['a/1.png', 'archive:set.zip', 'metadata:metadata.csv', 'parts.csv', 'x.NPZ']);
  });

  it('cancels what has not ended', async () => {
    const { server, doors } = fakeServer();
    const engine = new UploadEngine({ ...doors, put: (_id, _file, _bytes, _sent, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))) });
    engine.add(sources(5));
    await until(engine, 'running');
    engine.cancel();
    expect(engine.getSnapshot().items.every((item) => item.state === 'cancelled')).toBe(true);
    expect(server.stored.size).toBe(0);
  });

  it('sends a file anew when the server takes it again', async () => {
    const { server, doors } = fakeServer();
    const engine = new UploadEngine(doors);
    engine.add(sources(2));
    await until(engine, 'ended');
    server.stored.delete('line/good/1.png');
    expect(engine.resend('line/good/1.png')).toBe(true);
    await until(engine, 'ended');
    expect(server.stored.has('line/good/1.png')).toBe(true);
    expect(engine.resend('never-chosen.png')).toBe(false);
  });

  it('names a file that this machine cannot read', async () => {
    const { doors } = fakeServer();
    const engine = new UploadEngine(doors);
    engine.add([{ path: 'gone.png', read: () => Promise.reject(new Error('NotFoundError')) }]);
    await until(engine, 'ended');
    expect(engine.getSnapshot().items[0]).toMatchObject({ state: 'failed', reason: 'This machine could not read the file: NotFoundError' });
  });
});
