/** Lets work pass or holds it back. */
export type Gate = {
  readonly isClosed: boolean;
  close(): void;
  open(): void;
  /** Resolves at once, or when the gate opens. */
  passed(): Promise<void>;
};

export function createGate(): Gate {
  let waiting: (() => void)[] | null = null;
  return {
    get isClosed() {
      return waiting !== null;
    },
    close() {
      waiting ??= [];
    },
    open() {
      const held = waiting ?? [];
      waiting = null;
      for (const go of held) go();
    },
    passed: () => (waiting === null ? Promise.resolve() : new Promise((resolve) => waiting?.push(resolve))),
  };
}
