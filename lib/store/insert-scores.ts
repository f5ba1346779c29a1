import type { ScoreRow } from '@/lib/api/contracts/browser-runs';
import { bytesOfText } from '@/lib/api/contracts/further-neighbours';
import type { Transaction } from './client';

const ROWS_PER_INSERT = 1_000;

/** Stores scores of a run, a part at a time. */
export async function insertScores(transaction: Pick<Transaction, 'score'>, runId: string, rows: readonly ScoreRow[], signal: AbortSignal): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    signal.throwIfAborted();
    await transaction.score.createMany({
      data: rows.slice(from, from + ROWS_PER_INSERT).map(({ parts, spread, furtherNeighbours, ...row }) => ({ runId, ...row, furtherNeighbours: furtherNeighbours === null ? null : bytesOfText(furtherNeighbours), ...(parts === null ? {} : { parts }), ...(spread === null ? {} : { spread }) })),
    });
  }
}
