import { ProblemError } from '@/lib/api/client';
import type { AnnouncedFile } from '@/lib/api/contracts/uploads';
import { AssayError } from '@/lib/errors';
import type { ItemState, UploadDoors, UploadItem, UploadPhase, UploadSnapshot } from './engine-types';
import { secondsLeft, summarize } from './engine-totals';
import { Queue } from './queue';
import { withRetry } from './retry';
import { isLitter, kindOf, type Source } from './sources';

const batchSize = 500;
const parallelHashes = 2;
const parallelPuts = 4;
const notifyEveryMs = 150;

type Entry = { item: UploadItem; source: Source; sha256: string | null; /** Waited for the others once. */ isLast: boolean };

/**
 * Sends the files of one upload: hashes them two at a time, announces them in batches of up to 500, and PUTs the wanted
 * ones four at a time, with growing pauses after failures that may pass. Holds names and states only, never bytes:
 * memory does not grow with the size of the files.
 */
export class UploadEngine {
  private entries = new Map<string, Entry>();
  private toHash = new Queue<Entry>();
  private toAnnounce: Entry[] = [];
  private toSend = new Queue<Entry>();
  /** Files that wait for others. */
  private deferred: Entry[] = [];
  private hashing = 0;
  private sending = 0;
  private announcing = false;
  private stop = new AbortController();
  private uploadId: string | null = null;
  private opening: Promise<string> | null = null;
  private phase: UploadPhase = 'idle';
  private error: unknown = null;
  private startedAt: number | null = null;
  private sentHere = 0;
  private listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private snapshot: UploadSnapshot;

  constructor(private readonly doors: UploadDoors) {
    this.snapshot = this.takeSnapshot();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): UploadSnapshot => this.snapshot;

  /** Adds files and starts. Files of an upload that is already open are announced again, and only what is missing is sent. */
  add(sources: readonly Source[], uploadId?: string): void {
    if (this.phase === 'ended' || this.phase === 'cancelled') this.reset();
    this.uploadId ??= uploadId ?? null;
    this.enter(sources);
    this.resume();
  }

  private enter(sources: readonly Source[]): void {
    for (const source of sources) {
      if (isLitter(source.path) || this.entries.has(source.path)) continue;
      const item: UploadItem = { path: source.path, kind: kindOf(source.path), bytes: 0, state: 'waiting', sentBytes: 0, fileId: null, wasThere: false, reason: null, code: null };
      const entry = { item, source, sha256: null, isLast: false };
      this.entries.set(source.path, entry);
      this.toHash.push(entry);
    }
  }

  pause(): void {
    if (this.phase !== 'running') return;
    this.phase = 'paused';
    this.changed(true);
  }

  resume(): void {
    this.phase = 'running';
    this.error = null;
    this.changed(true);
    this.pump();
  }

  /** Stops what is on its way. Files that arrived stay with the server until the upload itself is cancelled there. */
  cancel(): void {
    this.stop.abort(new Error('cancelled'));
    this.phase = 'cancelled';
    for (const entry of this.entries.values()) if (!isEnd(entry.item.state)) this.update(entry, { state: 'cancelled' });
    this.toHash = new Queue();
    this.toAnnounce = [];
    this.toSend = new Queue();
    this.deferred = [];
    this.changed(true);
  }

  /** Starts anew with the files that could not be sent. */
  retryFailed(): void {
    for (const entry of this.entries.values()) {
      if (entry.item.state !== 'failed') continue;
      this.update(entry, { state: 'waiting', reason: null, code: null, sentBytes: 0 });
      this.toHash.push(entry);
    }
    this.resume();
  }

  /** Sends one file again, after the server was asked to take it. False when this tab does not hold the file. */
  resend(path: string): boolean {
    const entry = this.entries.get(path);
    if (entry === undefined) return false;
    entry.sha256 = null;
    entry.isLast = false;
    this.update(entry, { state: 'waiting', reason: null, code: null, sentBytes: 0 });
    this.toHash.push(entry);
    this.resume();
    return true;
  }

  private reset(): void {
    this.entries.clear();
    this.deferred = [];
    this.uploadId = null;
    this.opening = null;
    this.stop = new AbortController();
    this.startedAt = null;
    this.sentHere = 0;
  }

  /** Starts whatever may start now. Called whenever something ended. */
  private pump(): void {
    if (this.phase !== 'running') return;
    while (this.hashing < parallelHashes && this.toHash.length > 0) void this.prepare(this.toHash.shift());
    while (this.sending < parallelPuts && this.toSend.length > 0) void this.send(this.toSend.shift());
    const hashesDone = this.hashing === 0 && this.toHash.length === 0;
    // A full batch, or what there is when the line would fall idle.
    const worthIt = this.toAnnounce.length >= batchSize || hashesDone || this.sending < parallelPuts;
    if (!this.announcing && this.toAnnounce.length > 0 && worthIt) void this.announce();
    const left = this.sending + this.toSend.length + this.toAnnounce.length + (this.announcing ? 1 : 0);
    if (hashesDone && left === 0) this.goOnOrEnd();
  }

  private goOnOrEnd(): void {
    if (this.deferred.length > 0) this.putDeferred();
    else this.end();
  }

  /** What waited for other files goes once more, unless some of those failed and may be sent again. */
  private putDeferred(): void {
    const othersFailed = [...this.entries.values()].some(({ item }) => item.state === 'failed');
    for (const entry of this.deferred.splice(0)) {
      if (othersFailed) this.fail(entry, { code: null, reason: 'It belongs to another file, and some of the others could not be added.' });
      else {
        entry.isLast = true;
        this.toSend.push(entry);
      }
    }
    this.pump();
  }

  private end(): void {
    this.phase = 'ended';
    this.changed(true);
    void this.finish();
  }

  /** Tells the server that no more files will come, unless some could not be sent and may be tried again. */
  private async finish(): Promise<void> {
    if (this.uploadId === null || this.snapshot.totals.failed > 0) return;
    try {
      await this.doors.close(this.uploadId);
    } catch (error) {
      this.error = error;
    }
    this.changed(true);
  }

  /** Reads size and hash. Zips and metadata are sent as a whole and need none. */
  private async prepare(entry: Entry | undefined): Promise<void> {
    if (entry === undefined) return;
    this.hashing++;
    this.update(entry, { state: 'hashing' });
    try {
      const file = await entry.source.read();
      this.update(entry, { bytes: file.size });
      if (entry.item.kind === 'image' || entry.item.kind === 'table') {
        entry.sha256 ??= await this.doors.hash(file);
        if (!this.stop.signal.aborted) this.toAnnounce.push(entry);
      } else {
        const inside = entry.item.kind === 'archive' ? ((await this.doors.expand?.(file, entry.item.path)) ?? null) : null;
        if (!this.stop.signal.aborted) this.takeWhole(entry, inside);
      }
    } catch (error) {
      this.giveUp(entry, error);
    }
    this.hashing--;
    this.pump();
  }

  /** An archive in one piece, or the files in it instead. */
  private takeWhole(entry: Entry, inside: readonly Source[] | null): void {
    if (inside === null) {
      this.update(entry, { state: 'queued' });
      this.toSend.push(entry);
    } else {
      this.entries.delete(entry.item.path);
      this.enter(inside);
    }
  }

  private async announce(): Promise<void> {
    this.announcing = true;
    const batch = this.toAnnounce.splice(0, batchSize);
    const { signal } = this.stop;
    try {
      const uploadId = await this.session();
      const files = batch.map(({ item, sha256 }) => ({ path: item.path, bytes: item.bytes, sha256: sha256 ?? '' }));
      const answers = await withRetry(() => this.doors.announce(uploadId, files, signal), this.retryOptions());
      const byPath = new Map(answers.map((answer) => [answer.path, answer]));
      // Answers come in the order of the batch; a cleaned path may differ from the one that was sent.
      batch.forEach((entry, index) => this.settle(entry, byPath.get(entry.item.path) ?? answers[index]));
    } catch (error) {
      this.halt(batch, error);
    }
    this.announcing = false;
    this.pump();
  }

  private settle(entry: Entry, answer: AnnouncedFile | undefined): void {
    if (answer === undefined) return this.fail(entry, { code: null, reason: 'The server did not mention this file.' });
    const { id: fileId, state, wanted, errorCode, errorMessage } = answer;
    if (wanted) {
      this.update(entry, { state: 'queued', fileId });
      this.toSend.push(entry);
    } else if (state === 'refused') {
      this.update(entry, { state: 'refused', fileId, code: errorCode, reason: errorMessage });
    } else {
      this.update(entry, { state: 'sent', fileId, wasThere: entry.item.sentBytes === 0, sentBytes: entry.item.bytes });
    }
  }

  private async send(entry: Entry | undefined): Promise<void> {
    if (entry === undefined) return;
    this.sending++;
    this.startedAt ??= performance.now();
    this.update(entry, { state: 'sending', sentBytes: 0 });
    try {
      const uploadId = await this.session();
      await withRetry(() => this.attempt(entry, uploadId), this.retryOptions());
    } catch (error) {
      if (endsUpload(error)) this.halt([entry], error);
      else this.fail(entry, explained(error));
    }
    this.sending--;
    this.pump();
  }

  private async attempt(entry: Entry, uploadId: string): Promise<void> {
    const { kind, fileId, bytes } = entry.item;
    const { signal } = this.stop;
    const file = await entry.source.read();
    let told = 0;
    const onSent = (sentBytes: number) => {
      this.sentHere += sentBytes - told;
      told = sentBytes;
      this.update(entry, { sentBytes: Math.min(sentBytes, bytes) });
    };
    if (kind === 'archive' || kind === 'metadata') {
      await this.doors.putWhole(uploadId, { kind, path: entry.item.path, file }, onSent, signal);
      this.update(entry, { state: 'sent', sentBytes: bytes });
      return;
    }
    const answer = await this.doors.put(uploadId, fileId ?? '', file, onSent, signal, entry.isLast);
    if (answer.state === 'expected' && !entry.isLast) {
      this.update(entry, { state: 'queued' });
      this.deferred.push(entry);
    } else if (answer.state === 'refused') this.update(entry, { state: 'refused', code: answer.errorCode, reason: answer.errorMessage });
    else this.update(entry, { state: 'sent', sentBytes: bytes });
  }

  /** The id of the upload session; opened once. */
  private async session(): Promise<string> {
    if (this.uploadId !== null) return this.uploadId;
    this.opening ??= this.doors.open();
    try {
      this.uploadId = await this.opening;
    } finally {
      this.opening = null;
    }
    return this.uploadId;
  }

  private retryOptions() {
    return { signal: this.stop.signal, ...(this.doors.wait === undefined ? {} : { wait: this.doors.wait }) };
  }

  /** The whole upload cannot go on (signed out, closed, no rights, server away): what was on its way waits for "resume". */
  private halt(entries: readonly Entry[], error: unknown): void {
    if (this.stop.signal.aborted) return;
    for (const entry of entries) {
      this.update(entry, { state: 'waiting', sentBytes: 0 });
      this.toHash.push(entry);
    }
    this.phase = 'paused';
    this.error = error;
    this.changed(true);
  }

  /** A file that cannot be read: for what it is, or for now. */
  private giveUp(entry: Entry, error: unknown): void {
    const why = explained(error);
    if (error instanceof AssayError && /^(archive|image|path)\./.test(error.code)) this.update(entry, { state: 'refused', ...why });
    else this.fail(entry, why);
  }

  private fail(entry: Entry, why: { code: string | null; reason: string }): void {
    if (!this.stop.signal.aborted) this.update(entry, { state: 'failed', ...why });
  }

  private update(entry: Entry, change: Partial<UploadItem>): void {
    entry.item = { ...entry.item, ...change };
    this.changed(false);
  }

  /** Tells the screen, at most every 150 ms unless it matters at once. */
  private changed(now: boolean): void {
    if (now) {
      if (this.timer !== null) clearTimeout(this.timer);
      this.publish();
    } else {
      this.timer ??= setTimeout(() => this.publish(), notifyEveryMs);
    }
  }

  private publish(): void {
    this.timer = null;
    this.snapshot = this.takeSnapshot();
    for (const listener of this.listeners) listener();
  }

  private takeSnapshot(): UploadSnapshot {
    const items = [...this.entries.values()].map((entry) => entry.item);
    const seconds = this.startedAt === null ? 0 : (performance.now() - this.startedAt) / 1000;
    const totals = summarize(items);
    return {
      uploadId: this.uploadId,
      phase: this.phase,
      items,
      totals,
      bytesPerSecond: seconds < 1 ? null : this.sentHere / seconds,
      secondsLeft: secondsLeft(seconds, this.sentHere, totals),
      error: this.error,
    };
  }
}

function isEnd(state: ItemState): boolean {
  return state === 'sent' || state === 'refused' || state === 'failed' || state === 'cancelled';
}

/** Failures that the next file would meet as well. */
function endsUpload(error: unknown): boolean {
  if (error instanceof AssayError) return error.code === 'private.no_storage';
  return error instanceof ProblemError && ['request.unauthenticated', 'request.forbidden', 'request.not_found', 'request.unreachable', 'upload.closed', 'storage.full', 'database.unavailable'].includes(error.problem.code);
}

function explained(error: unknown): { code: string | null; reason: string } {
  if (error instanceof ProblemError) return { code: error.problem.code, reason: [error.problem.detail, error.problem.hint].filter((part) => part !== undefined).join(' ') };
  if (error instanceof AssayError) return { code: error.code, reason: [error.message, error.hint].filter((part) => part !== undefined).join(' ') };
  return unreadable(error);
}

function unreadable(error: unknown): { code: string | null; reason: string } {
  const detail = error instanceof Error ? error.message : String(error);
  return { code: null, reason: `This machine could not read the file: ${detail}` };
}
