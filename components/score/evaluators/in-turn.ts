const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Does a piece of work when at most one other is being done; the others wait in the order in which they came. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < atOnce) running += 1;
  else await new Promise<void>((go) => waiting.push(go));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
