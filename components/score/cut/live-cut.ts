/**
 * The cut while it is dragged. Only what draws the cut listens, so that a pointer move paints a few lines and re-ranks nothing;
 * several moves within a frame count as one. The view state takes the cut over when the pointer is let go.
 */
export class LiveCut {
  private shown: number | null = null;
  private next: number | null = null;
  private frame = 0;
  private readonly listeners = new Set<() => void>();

  /** Moves the line at the next frame. */
  show(keep: number): void {
    this.next = keep;
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.tell(this.next);
    });
  }

  /** Ends the drag. Returns where it ended, null when it moved nothing. */
  end(): number | null {
    if (this.frame !== 0) cancelAnimationFrame(this.frame);
    const last = this.next;
    this.frame = 0;
    this.next = null;
    this.tell(null);
    return last;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Samples kept as the pointer has it now; null while nothing is dragged. */
  readonly snapshot = (): number | null => this.shown;

  private tell(keep: number | null): void {
    if (this.shown === keep) return;
    this.shown = keep;
    for (const listener of this.listeners) listener();
  }
}
