import { describe, expect, it } from 'vitest';
import { AssayError } from '@/lib/errors';
import { answerCalls, callsOf, type Channel } from './worker-call';

/** Both ends of a channel, as a page and its worker have them. */
function connected(answer: (request: number) => Promise<{ result: number }>) {
  const { port1, port2 } = new MessageChannel();
  port1.start();
  port2.start();
  answerCalls<number, number>(port2 as unknown as Worker, answer);
  const calls = callsOf<number, number>(Object.assign(port1, { terminate: () => port1.close() }) as unknown as Channel);
  return { calls, close: () => port1.close() };
}

describe('calls of a worker', () => {
  it('come back to whoever asked, one after another', async () => {
    let running = 0;
    const { calls, close } = connected(async (request) => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, request === 1 ? 5 : 0));
      running -= 1;
      return { result: request * 10 };
    });
    expect(await Promise.all([calls.call(1), calls.call(2), calls.call(3)])).toEqual([10, 20, 30]);
    close();
  });

  it('keep the code, sentence and hint of a failure, and go on after it', async () => {
    const { calls, close } = connected(async (request) => {
      if (request === 1) throw new AssayError('image.empty', 'The file is empty.', { hint: 'Send it again.' });
      return { result: request };
    });
    await expect(calls.call(1)).rejects.toMatchObject({ code: 'image.empty', message: 'The file is empty.', hint: 'Send it again.' });
    expect(await calls.call(2)).toBe(2);
    close();
  });

  it('fail when the worker is ended', async () => {
    const { calls } = connected(() => new Promise(() => undefined));
    const waiting = calls.call(1);
    calls.end();
    await expect(waiting).rejects.toMatchObject({ code: 'job.cancelled' });
    await expect(calls.call(2)).rejects.toMatchObject({ code: 'job.cancelled' });
  });
});
