import type { Progress } from '@/lib/pipeline/context';
import type { PrismaClient } from '@/lib/store/generated/client';

const WRITE_EVERY_MS = 500;

/**
 * Writes progress to the Job row, at most twice a second and never two writes at once; the same statement
 * tells whether the person has asked to cancel.
 */
export class ProgressWriter {
  private pending: Progress = {};
  private writing: Promise<void> | null = null;
  private timer: NodeJS.Timeout;

  constructor(
    private readonly store: PrismaClient,
    private readonly jobId: string,
    private readonly onCancelRequested: () => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.timer = setInterval(() => this.flushSoon(), WRITE_EVERY_MS);
  }

  report(update: Progress): void {
    Object.assign(this.pending, update);
  }

  /** Stops the timer and writes what is left. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await this.write();
  }

  private flushSoon(): void {
    this.writing ??= this.write()
      .catch(this.onError)
      .finally(() => (this.writing = null));
  }

  private async write(): Promise<void> {
    const data = this.pending;
    this.pending = {};
    const row = await this.store.job.update({
      where: { id: this.jobId },
      data: { ...data, heartbeatAt: new Date() },
      select: { cancelRequestedAt: true },
    });
    if (row.cancelRequestedAt !== null) this.onCancelRequested();
  }
}
