/**
 * Entries of the browser's performance timeline that say how a queue feels; `npm run bench -- review` reads them.
 * `decision-painted`: from the key to the frame that shows the decision. `decision-durable`: from the key to the server's word
 * that it is on record.
 */
const painted = 'decision-painted';
const durable = 'decision-durable';

/** A time on the clock of the performance timeline. */
export const decisionClock = (): number => performance.now();

/** Call where the decision was taken: measures until the next frame has been drawn. */
export function measurePainted(since: number): void {
  // A frame's callbacks run before it is drawn; the first task after them runs when it is.
  requestAnimationFrame(() => setTimeout(() => performance.measure(painted, { start: since, end: performance.now() })));
}

/** Call when the server has confirmed the decision that was taken at `since`. */
export function measureDurable(since: number): void {
  performance.measure(durable, { start: since, end: performance.now() });
}
