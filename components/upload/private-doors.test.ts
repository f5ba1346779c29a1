import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '@/lib/api/client';
import type { KeptFileInput } from '@/lib/api/contracts/private';
import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import { AssayError } from '@/lib/errors';
import { isMaskPath, samplePathsOfMask } from '@/lib/ingest/layout';
import { bringInDoors, localUpload } from './bring-in-doors';
import { UploadEngine } from './engine';
import type { UploadDoors, UploadPhase } from './engine-types';
import { privateDoors, type PrivateWorld } from './private-doors';
import type { Source } from './sources';

const source = (path: string, text = path): Source => ({ path, read: () => Promise.resolve(new File([text], path)) });
const webp = new Blob(['RIFF\x08\0\0\0WEBPVP8 ']);

type Row = { path: string; sha256: string; state: AnnouncedFile['state']; sampleId: string | null; code: string | null };

/** The server's answers, and this browser's store, in memory. */
class Fake {
  /** Files of the open upload. */
  rows = new Map<string, Row>();
  /** Samples by hash. */
  samples = new Map<string, string>();
  held = new Map<string, string>();
  masks = new Map<string, string>();
  told: [string, KeptFileInput][] = [];
  closed = 0;
  sends = false;
  room = Infinity;
  failTelling: (path: string) => boolean = () => false;

  readonly base: Pick<UploadDoors, 'announce'> = {
    announce: (_, files) => Promise.resolve(files.map(({ path, sha256 }) => {
      const sample = isMaskPath(path) ? undefined : this.samples.get(sha256);
      const row = this.rows.get(path) ?? { path, sha256, state: sample === undefined ? ('expected' as const) : ('duplicate' as const), sampleId: sample ?? null, code: null };
      this.rows.set(path, row);
      return this.answer(row);
    })),
  };

  readonly world: PrivateWorld = {
    prepareImage: async (file) => {
      if ((await file.text()).startsWith('broken')) throw new AssayError('image.truncated', 'The PNG file is cut off.', { hint: 'Make it again.' });
      return { width: 4, height: 3, format: 'png', pages: 1, thumbnail: webp, view: null };
    },
    prepareMask: async (file) => ({ width: 4, height: 3, format: 'png', mask: new Blob([await file.text()]), sha256: 'a'.repeat(64) }),
    tell: (_, fileId, input) => {
      this.told.push([fileId, input]);
      const row = this.rows.get(fileId)!;
      if (this.failTelling(fileId)) return Promise.reject(new ProblemError({ type: 'about:blank', title: 'x', status: 422, code: 'request.invalid', detail: 'no' }));
      const as = isMaskPath(row.path) ? ('mask' as const) : ('image' as const);
      if (input.outcome === 'refused') Object.assign(row, { state: 'refused', code: input.code });
      else if (as === 'mask') {
        const image = samplePathsOfMask(row.path).map((path) => this.rows.get(path)).find((found) => found?.sampleId);
        if (image === undefined) return Promise.resolve({ ...this.answer(row), as: 'waiting' as const });
        Object.assign(row, { state: 'stored', sampleId: image.sampleId });
      } else {
        const id = this.samples.get(row.sha256) ?? `sample ${this.samples.size + 1}`;
        this.samples.set(row.sha256, id);
        Object.assign(row, { state: 'stored', sampleId: id });
      }
      return Promise.resolve({ ...this.answer(row), as });
    },
    sendsThumbnails: () => Promise.resolve(this.sends),
    isHeld: (sampleId, variant) => Promise.resolve((variant === 'mask' ? this.masks : this.held).has(sampleId)),
    keepImage: async (sampleId, file) => {
      if (this.held.size >= this.room) throw new AssayError('private.no_storage', 'The browser has no room.');
      this.held.set(sampleId, await file.text());
    },
    keepMask: async (sampleId, { mask }) => void this.masks.set(sampleId, await mask.text()),
  };

  engine(doors: Pick<UploadDoors, 'announce' | 'put'> = privateDoors(this.base, this.world), open = 'upload'): UploadEngine {
    return new UploadEngine({
      ...doors,
      open: () => Promise.resolve(open),
      close: () => Promise.resolve(void this.closed++),
      hash: (file) => file.text(),
      putWhole: () => Promise.reject(new Error('nothing is sent as a whole')),
      wait: () => Promise.resolve(),
    });
  }

  private answer({ path, state, sampleId, code }: Row): AnnouncedFile {
    return { id: path, path, state, wanted: state === 'expected', errorCode: code, errorMessage: code, sampleId };
  }
}

function until(engine: UploadEngine, phase: UploadPhase): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      const now = engine.getSnapshot();
      if (now.phase === phase && !now.items.some((item) => item.state === 'sending')) resolve();
    };
    engine.subscribe(check);
    check();
  });
}

async function added(engine: UploadEngine, ...sources: Source[]): Promise<Record<string, string>> {
  engine.add(sources);
  await until(engine, 'ended');
  return Object.fromEntries(engine.getSnapshot().items.map(({ path, state }) => [path, state]));
}

let fake: Fake;
beforeEach(() => {
  fake = new Fake();
});

describe('an upload of a private project', () => {
  it('keeps the bytes here and tells the server what they are', async () => {
    expect(await added(fake.engine(), source('good/1.png', 'one'), source('good/2.png', 'two'))).toEqual({ 'good/1.png': 'sent', 'good/2.png': 'sent' });
    expect([...fake.held]).toEqual([['sample 1', 'one'], ['sample 2', 'two']]);
    expect(fake.told).toEqual([1, 2].map((n) => [`good/${n}.png`, { outcome: 'kept', width: 4, height: 3, format: 'png', pages: 1, thumbnail: null }]));
    expect(fake.closed).toBe(1);
  });

  it('sends thumbnails only where the project allows it, and no other bytes then', async () => {
    fake.sends = true;
    await added(fake.engine(), source('good/1.png', 'one'));
    const [, input] = fake.told[0]!;
    expect(input).toMatchObject({ thumbnail: btoa('RIFF\x08\0\0\0WEBPVP8 ') });
    const other: PrivateWorld = { ...fake.world, prepareImage: async () => ({ width: 4, height: 3, format: 'png', pages: 1, thumbnail: new Blob(['\x89PNG not a WebP']), view: null }) };
    await added(fake.engine(privateDoors(fake.base, other)), source('good/3.png', 'three'));
    expect(fake.told[1]![1]).toMatchObject({ thumbnail: null });
  });

  it('brings in what the server knows and this browser lacks: after a crash, and on another machine', async () => {
    fake.samples.set('one', 'sample of one').set('two', 'sample of two');
    fake.held.set('sample of two', 'two');
    fake.rows.set('good/3.png', { path: 'good/3.png', sha256: 'three', state: 'stored', sampleId: 'sample of three', code: null });
    const states = await added(fake.engine(), source('else/1.png', 'one'), source('else/2.png', 'two'), source('good/3.png', 'three'));
    expect(Object.values(states)).toEqual(['sent', 'sent', 'sent']);
    expect(fake.told).toEqual([]);
    expect(Object.fromEntries(fake.held)).toEqual({ 'sample of one': 'one', 'sample of two': 'two', 'sample of three': 'three' });
  });

  it('lets masks wait for their images, and refuses those that have none', async () => {
    const states = await added(fake.engine(), source('ground_truth/crack/1_mask.png', 'mask'), source('ground_truth/crack/9_mask.png', 'lost'), source('test/crack/1.png', 'one'));
    expect(states).toEqual({ 'ground_truth/crack/1_mask.png': 'sent', 'ground_truth/crack/9_mask.png': 'refused', 'test/crack/1.png': 'sent' });
    expect([...fake.masks]).toEqual([['sample 1', 'mask']]);
    expect(fake.rows.get('ground_truth/crack/9_mask.png')).toMatchObject({ state: 'refused', code: 'mask.unmatched' });
    // Dropped again: nothing is missing, so nothing is told.
    const told = fake.told.length;
    await added(fake.engine(), source('ground_truth/crack/1_mask.png', 'mask'), source('test/crack/1.png', 'one'));
    expect(fake.told).toHaveLength(told);
  });

  it('keeps a mask for later when its image could not be told of', async () => {
    fake.failTelling = (path) => path === 'test/crack/1.png';
    const engine = fake.engine();
    expect(await added(engine, source('ground_truth/crack/1.png', 'mask'), source('test/crack/1.png', 'one'))).toEqual({ 'ground_truth/crack/1.png': 'failed', 'test/crack/1.png': 'failed' });
    expect(fake.rows.get('ground_truth/crack/1.png')).toMatchObject({ state: 'expected' });
    expect(fake.closed).toBe(0);
    fake.failTelling = () => false;
    engine.retryFailed();
    await until(engine, 'ended');
    expect([...fake.masks]).toEqual([['sample 1', 'mask']]);
  });

  it('tells the server why a file cannot be used', async () => {
    expect(await added(fake.engine(), source('good/1.png', 'broken'))).toEqual({ 'good/1.png': 'refused' });
    expect(fake.told[0]![1]).toEqual({ outcome: 'refused', code: 'image.truncated', message: 'The PNG file is cut off. Make it again.' });
    expect(fake.held.size).toBe(0);
  });

  it('pauses when the browser has no room, and goes on with what is not kept yet', async () => {
    fake.room = 1;
    const engine = fake.engine();
    engine.add(['one', 'two', 'three'].map((text, i) => source(`good/${i}.png`, text)));
    await until(engine, 'paused');
    expect(engine.getSnapshot().error).toMatchObject({ code: 'private.no_storage' });
    expect(fake.held.size).toBe(1);
    fake.room = Infinity;
    engine.resume();
    await until(engine, 'ended');
    expect([...fake.held.values()].sort()).toEqual(['one', 'three', 'two']);
    // Each was registered once.
    expect(new Set(fake.told.map(([path]) => path)).size).toBe(fake.told.length);
  });

  it('unpacks archives here', async () => {
    const doors = { ...privateDoors(fake.base, fake.world), expand: (_: File, path: string) => Promise.resolve([source(`${path.slice(0, -4)}/good/1.png`, 'one'), { path: 'bad', read: () => Promise.reject(new AssayError('archive.invalid', 'The file is encrypted inside the archive.')) }]) };
    expect(await added(fake.engine(doors), source('plates.zip'))).toEqual({ 'plates/good/1.png': 'sent', bad: 'refused' });
    expect([...fake.held.values()]).toEqual(['one']);
  });
});

describe('a member who may add nothing', () => {
  it('brings in the images of the project with their masks, and is refused others', async () => {
    fake.samples.set('one', 'sample of one');
    const asked: string[][] = [];
    const bringIn = bringInDoors((hashes) => {
      asked.push(hashes);
      return Promise.resolve(hashes.flatMap((sha256) => (fake.samples.has(sha256) ? [{ sha256, sampleId: fake.samples.get(sha256)! }] : [])));
    });
    const engine = fake.engine(privateDoors(bringIn, { ...fake.world, tell: bringIn.tell }), localUpload);
    const states = await added(engine, source('ground_truth/crack/1.png', 'mask'), source('ground_truth/crack/2.png', 'lost'), source('test/crack/1.png', 'one'), source('test/crack/2.png', 'new'));
    expect(states).toEqual({ 'ground_truth/crack/1.png': 'sent', 'ground_truth/crack/2.png': 'refused', 'test/crack/1.png': 'sent', 'test/crack/2.png': 'refused' });
    expect([[...fake.held], [...fake.masks]]).toEqual([[['sample of one', 'one']], [['sample of one', 'mask']]]);
    expect([asked, fake.told]).toEqual([[['one', 'new']], []]);
  });
});
