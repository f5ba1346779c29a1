import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '@/lib/api/client';
import type { EndExport, Export } from '@/lib/api/contracts/exports';
import type { ActionResult } from '@/lib/api/contracts/problem';
import { AssayError } from '@/lib/errors';
import { BrowserExport } from './browser-export';

const world = vi.hoisted(() => ({
  write: vi.fn(),
  end: vi.fn(),
  saved: [] as string[],
  kept: true,
}));
vi.mock('@/app/actions/exports', () => ({ endExport: world.end }));
vi.mock('@/lib/api/client', async (original) => ({ ...(await original<object>()), getJson: async () => ({ files: [] }) }));
vi.mock('@/lib/browser-export/write-export-zip', () => ({ writeExportZip: world.write }));
vi.mock('@/lib/browser-export/kept-zips', () => ({ keptZip: async () => (world.kept ? { file: new Blob(['zip']) } : null) }));
vi.mock('../charts/download', () => ({ saveBlob: (_: Blob, name: string) => world.saved.push(name) }));

const written = { sha256: 'a'.repeat(64), bytes: 3 };
const itemOf = (state: Export['state'], sha256: string | null = null): Export => ({
  id: 'e', state, format: 'folder', rule: { runId: null, filter: {} }, cutOffAt: '', count: 1, sha256, bytes: null, expiresAt: null, jobId: null, createdBy: null, createdAt: '2026-01-02T00:00:00.000Z',
});

/** Runs to the end. @returns the last state, and what the server was told */
async function run(item: Export, during?: (writing: BrowserExport) => void) {
  const writing = new BrowserExport({ projectId: 'p', item, fileName: 'p.zip' }, () => undefined);
  during?.(writing);
  await writing.start();
  return { state: writing.state, told: world.end.mock.calls.map(([{ outcome }]) => (outcome as EndExport['outcome']).state) };
}

beforeEach(() => {
  vi.resetAllMocks();
  world.saved = [];
  world.kept = true;
  world.write.mockResolvedValue(written);
  world.end.mockImplementation(async ({ outcome }: EndExport): Promise<ActionResult<Export>> => ({ ok: true, value: itemOf(outcome.state, outcome.state === 'ready' ? outcome.sha256 : null) }));
});

describe('BrowserExport', () => {
  it('tells the server of the zip and saves it once', async () => {
    expect(await run(itemOf('pending'))).toEqual({ state: { phase: 'done', progress: null, error: null }, told: ['ready'] });
    expect(world.saved).toEqual(['p.zip']);
  });

  it('lets an export wait whose images are missing here', async () => {
    const error = new AssayError('private.image_missing', 'one is not here');
    world.write.mockRejectedValue(error);
    expect(await run(itemOf('pending'))).toMatchObject({ state: { phase: 'failed', error }, told: [] });
    expect(world.saved).toEqual([]);
  });

  it('lets it wait where the server does not answer', async () => {
    world.end.mockRejectedValue(new TypeError('Failed to fetch'));
    const { state } = await run(itemOf('pending'));
    expect(state.phase).toBe('failed');
    expect(state.error).toBeInstanceOf(ProblemError);
  });

  it.each([['pending', ['failed']], ['ready', []], ['failed', []]] as const)('ends a %s one that holds a damaged image: %j', async (from, told) => {
    world.write.mockRejectedValue(new AssayError('storage.failed', 'damaged'));
    expect(await run(itemOf(from))).toMatchObject({ state: { phase: 'failed', error: { code: 'storage.failed' } }, told });
  });

  it.each([['pending', ['cancelled']], ['ready', []]] as const)('ends a %s one that is cancelled: %j', async (from, told) => {
    world.write.mockRejectedValue(new AssayError('job.cancelled', 'cancelled'));
    expect(await run(itemOf(from), (writing) => writing.cancel())).toMatchObject({ state: { phase: 'cancelled', error: null }, told });
  });

  it('stays done when the file cannot be saved', async () => {
    world.kept = false;
    expect(await run(itemOf('pending'))).toMatchObject({ state: { phase: 'done', error: { code: 'export.expired' } }, told: ['ready'] });
  });
});
