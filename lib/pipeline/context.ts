import type { Logger } from 'pino';
import type { BlobStore } from '@/lib/store/blobs/port';
import type { PrismaClient } from '@/lib/store/generated/client';

export type Progress = {
  /** What is being done now, in words. */
  step?: string;
  done?: number;
  total?: number | null;
  /** Items per second. */
  rate?: number | null;
  /** What an item is: 'images', 'samples', 'files'. */
  unit?: string;
};

/** What every pipeline verb gets; job handlers and the command line build it alike. */
export type PipelineContext = {
  readonly store: PrismaClient;
  readonly blobs: BlobStore;
  readonly logger: Logger;
  /** Aborted when the person cancels or the process stops; check it between steps. */
  readonly signal: AbortSignal;
  /** Reports progress; cheap, writes are throttled by the caller. */
  progress(update: Progress): void;
};
