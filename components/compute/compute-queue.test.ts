import { describe, expect, it } from 'vitest';
import { ProblemError } from '@/lib/api/client';
import type { BrowserEnd } from '@/lib/api/contracts/browser-runs';
import { mapParametersSchema } from '@/lib/api/contracts/runs';
import { AssayError } from '@/lib/errors';
import type { ComputeItem } from './compute-item';
import { ComputeQueue, type QueueTools } from './compute-queue';

const item = (id: string): ComputeItem => ({ kind: 'map', id, projectId: 'p', featureSetId: 'f', seed: 0, title: id, choices: { ...mapParametersSchema.parse({}), method: 't-SNE', seed: 0 } });
const problem = (code: string) => new ProblemError({ type: '', title: '', status: 400, code, detail: 'no' });

/** A queue whose work is ended by the test; what it did stands in `log`. */
function queue(more: Partial<QueueTools> = {}) {
  const log: string[] = [];
  const ends: BrowserEnd[] = [];
  const works = new Map<string, { resolve: () => void; reject: (thrown: unknown) => void }>();
  const started = new Map<string, () => void>();
  const tools: QueueTools = {
    work: ({ id }, signal) =>
      new Promise<void>((resolve, reject) => {
        log.push(`work ${id}`);
        works.set(id, { resolve, reject });
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        started.get(id)?.();
      }),
    end: async ({ id }, end) => {
      log.push(`end ${id} ${end.outcome}`);
      ends.push(end);
    },
    hold: async ({ id }) => () => log.push(`release ${id}`),
    idle: () => log.push('idle'),
    ...more,
  };
  const made = new ComputeQueue(tools);
  const until = (id: string) => (works.has(id) ? Promise.resolve() : new Promise<void>((resolve) => started.set(id, resolve)));
  return { made, log, ends, works, until, phases: () => made.states.map((state) => `${state.item.id} ${state.phase}`) };
}

describe('computations of a tab', () => {
  it('run one after another and let go of what they held', async () => {
    const { made, log, works, until, phases } = queue();
    const all = made.add([item('a'), item('b')]);
    await until('a');
    expect(phases()).toEqual(['a working', 'b waiting']);
    await made.add([item('a')]);
    works.get('a')!.resolve();
    await until('b');
    works.get('b')!.resolve();
    await all;
    expect(made.states).toEqual([]);
    expect(log).toEqual(['work a', 'release a', 'work b', 'release b', 'idle']);
  });

  it('leave to another tab what that one computes', async () => {
    const { made, log } = queue({ hold: async () => null });
    await made.add([item('a')]);
    expect(made.states).toEqual([]);
    expect(log).toEqual(['idle']);
  });

  it('store their end when they are cancelled, at work or waiting', async () => {
    const { made, log, until } = queue();
    const all = made.add([item('a'), item('b')]);
    await until('a');
    made.cancel('b');
    made.cancel('a');
    await all;
    expect(made.states).toEqual([]);
    expect(log.filter((line) => line.startsWith('end'))).toEqual(['end b cancelled', 'end a cancelled']);
    expect(log).not.toContain('work b');
  });

  it('store why they failed, and go on with the next', async () => {
    const { made, ends, works, until, phases } = queue();
    const all = made.add([item('a'), item('b')]);
    await until('a');
    works.get('a')!.reject(new AssayError('data.one_class', 'There is no known anomaly.'));
    await until('b');
    expect(ends).toEqual([{ outcome: 'failed', code: 'data.one_class', message: 'There is no known anomaly.' }]);
    expect(phases()).toEqual(['a failed', 'b working']);
    made.dismiss('a');
    works.get('b')!.resolve();
    await all;
    expect(made.states).toEqual([]);
  });

  it('stay pending when the server refused or did not answer, and can be tried again', async () => {
    const { made, log, works, until, phases } = queue();
    const first = made.add([item('a')]);
    await until('a');
    works.get('a')!.reject(problem('request.unreachable'));
    await first;
    expect(phases()).toEqual(['a stopped']);
    expect(log).toEqual(['work a', 'release a', 'idle']);
    works.delete('a');
    const again = made.add([item('a')]);
    await until('a');
    works.get('a')!.resolve();
    await again;
    expect(made.states).toEqual([]);
  });

  it('are put away when they had ended already', async () => {
    const { made, until } = queue({ end: () => Promise.reject(problem('request.conflict')) });
    const all = made.add([item('a')]);
    await until('a');
    made.cancel('a');
    await all;
    expect(made.states).toEqual([]);
  });
});
