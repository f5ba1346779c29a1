/** Taken items that are kept until they are more than the rest. */
const SPARE = 1024;

/**
 * First in, first out. Taking the first item costs the same however many wait: an array moves all of them, which from some
 * ten thousand files on takes longer than everything else that is done for a file.
 */
export class Queue<T> {
  private items: T[] = [];
  private taken = 0;

  get length(): number {
    return this.items.length - this.taken;
  }

  push(item: T): void {
    this.items.push(item);
  }

  /** The item that has waited longest; undefined when none waits. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.items[this.taken++];
    if (this.taken > SPARE && this.taken > this.length) {
      this.items = this.items.slice(this.taken);
      this.taken = 0;
    }
    return item;
  }
}
