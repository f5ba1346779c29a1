import { describe, expect, it } from 'vitest';
import { Queue } from './queue';

describe('Queue', () => {
  it('gives items in the order in which they came, however they come and go', () => {
    const queue = new Queue<number>();
    const taken: number[] = [];
    let came = 0;
    for (const [more, fewer] of [[3000, 10], [5, 2000], [4000, 3000], [0, 2000], [7, 1]] as const) {
      for (let i = 0; i < more; i++) queue.push(came++);
      for (let i = 0; i < fewer; i++) {
        const item = queue.shift();
        if (item !== undefined) taken.push(item);
      }
      expect(queue.length).toBe(came - taken.length);
    }
    expect(taken).toEqual(Array.from({ length: 7006 }, (_, i) => i));
  });

  it('is empty before and after', () => {
    const queue = new Queue<string>();
    expect([queue.shift(), queue.length]).toEqual([undefined, 0]);
    queue.push('a');
    expect([queue.shift(), queue.shift(), queue.length]).toEqual(['a', undefined, 0]);
  });
});
