import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveCut } from './live-cut';

describe('a cut that is dragged', () => {
  let frames: FrameRequestCallback[] = [];
  const paint = () => {
    const due = frames;
    frames = [];
    for (const frame of due) frame(0);
  };

  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
    vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('paints the last of several moves once a frame', () => {
    const live = new LiveCut();
    const heard: (number | null)[] = [];
    live.subscribe(() => heard.push(live.snapshot()));
    for (const keep of [3, 4, 5]) live.show(keep);
    expect(heard).toEqual([]);
    paint();
    expect(heard).toEqual([5]);
    live.show(5);
    paint();
    expect(heard).toEqual([5]);
  });

  it('ends where the pointer was let go, painted or not', () => {
    const live = new LiveCut();
    live.show(7);
    expect(live.end()).toBe(7);
    paint();
    expect(live.snapshot()).toBeNull();
    expect(live.end()).toBeNull();
  });
});
