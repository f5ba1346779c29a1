import { describe, expect, it } from 'vitest';
import { inTurn } from './in-turn';

describe('work in turn', () => {
  it('is done two pieces at a time, in order, and goes on after a failure', async () => {
    const begun: number[] = [];
    let mostAtOnce = 0;
    let now = 0;
    const work = (i: number) =>
      inTurn(async () => {
        begun.push(i);
        now += 1;
        mostAtOnce = Math.max(mostAtOnce, now);
        await Promise.resolve();
        now -= 1;
        if (i === 1) throw new Error('lost');
        return i;
      });
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    expect(mostAtOnce).toBe(2);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : null))).toEqual([0, null, 2, 3, 4]);
    await expect(inTurn(async () => 'free again')).resolves.toBe('free again');
  });
});
