import type { GenerationSummary } from '@/lib/api/contracts/generators';
import { toAssayError } from '@/lib/errors';

/** Reasons why one image cannot be made, while others may be. */
const ownFailures = /^(image|data|model)\.|^parameter\.invalid$|^request\.not_found$/;

/** Counts what became of the images of a batch. */
export class Tally {
  made = 0;
  duplicates = 0;
  private readonly reasons = new Map<string, number>();
  private readonly started = performance.now();
  private first: unknown;

  /** Notes a failure that is the image's own; throws any other on (a full disk, a lost database, a cancellation). */
  failed(error: unknown): void {
    const { code, message } = toAssayError(error);
    if (!ownFailures.test(code)) throw error;
    this.first ??= error;
    this.reasons.set(message, (this.reasons.get(message) ?? 0) + 1);
  }

  get failures(): number {
    return [...this.reasons.values()].reduce((sum, count) => sum + count, 0);
  }

  get seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  /** @throws the first failure when nothing could be made */
  summary(): GenerationSummary {
    if (this.made + this.duplicates === 0 && this.first !== undefined) throw this.first;
    return { made: this.made, duplicates: this.duplicates, failures: [...this.reasons].map(([message, count]) => ({ message, count })), seconds: this.seconds };
  }
}

/** Words on what became of a batch: "100 made, 3 duplicates, 2 failed". */
export function summaryWords({ made, duplicates, failures }: GenerationSummary): string {
  const failed = failures.reduce((sum, { count }) => sum + count, 0);
  return [`${made} made`, duplicates > 0 ? `${duplicates} there already` : null, failed > 0 ? `${failed} failed` : null].filter((part) => part !== null).join(', ');
}
