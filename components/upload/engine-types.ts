import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import type { Source, SourceKind } from './sources';

/**
 * What happens to a file, in order: waiting, hashing, queued (announced, its bytes are wanted), sending, then one of the
 * ends: sent (received or already there), refused (by the server, for its content), failed (could not be sent), cancelled.
 */
export type ItemState = 'waiting' | 'hashing' | 'queued' | 'sending' | 'sent' | 'refused' | 'failed' | 'cancelled';

export type UploadItem = {
  readonly path: string;
  readonly kind: SourceKind;
  readonly bytes: number;
  readonly state: ItemState;
  /** Bytes that have left this machine. */
  readonly sentBytes: number;
  readonly fileId: string | null;
  /** Already stored: nothing had to be sent. */
  readonly wasThere: boolean;
  /** Why it was refused or failed. */
  readonly reason: string | null;
  readonly code: string | null;
};

export type UploadPhase = 'idle' | 'running' | 'paused' | 'ended' | 'cancelled';

/** What the screen shows of an upload; a new object at every change. */
export type UploadSnapshot = {
  readonly uploadId: string | null;
  readonly phase: UploadPhase;
  readonly items: readonly UploadItem[];
  readonly totals: { readonly files: number; readonly hashed: number; readonly sent: number; readonly wasThere: number; readonly refused: number; readonly failed: number; readonly bytes: number; readonly sentBytes: number };
  /** Bytes a second over the time spent sending; null until it is known. */
  readonly bytesPerSecond: number | null;
  /** Seconds until everything is sent, by what was sent so far; null until it is known. */
  readonly secondsLeft: number | null;
  /** Why the upload as a whole could not go on. */
  readonly error: unknown;
};

/** What the engine needs from the world; tests give it another one. */
export type UploadDoors = {
  open: () => Promise<string>;
  hash: (file: File) => Promise<string>;
  announce: (uploadId: string, files: { path: string; bytes: number; sha256: string }[], signal: AbortSignal) => Promise<readonly AnnouncedFile[]>;
  /** An answer `expected` says that the file has to wait for others: it is put once more, as the last, when they are through. */
  put: (uploadId: string, fileId: string, file: File, onSent: (bytes: number) => void, signal: AbortSignal, isLast: boolean) => Promise<AnnouncedFile>;
  putWhole: (uploadId: string, whole: { kind: 'archive' | 'metadata'; path: string; file: File }, onSent: (bytes: number) => void, signal: AbortSignal) => Promise<void>;
  /** What is in an archive, where it is unpacked on this side; null where it is sent whole. */
  expand?: (file: File, path: string) => Promise<readonly Source[] | null>;
  /** No more files will come. */
  close: (uploadId: string) => Promise<void>;
  /** Waits between attempts. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
};
