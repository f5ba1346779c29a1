import { endExport } from '@/app/actions/exports';
import { callAction, getJson, ProblemError } from '@/lib/api/client';
import type { Export } from '@/lib/api/contracts/exports';
import { addresses } from '@/lib/api/contracts/addresses';
import { keptZip } from '@/lib/browser-export/kept-zips';
import { writeExportZip, type ZipProgress } from '@/lib/browser-export/write-export-zip';
import type { WrittenZip } from '@/lib/browser-export/zip-messages';
import { AssayError, toAssayError } from '@/lib/errors';
import { saveBlob } from '../charts/download';

/** How far the zip of an export is that this browser writes. */
export type BrowserExportState = {
  readonly phase: 'preparing' | 'writing' | 'done' | 'cancelled' | 'failed';
  readonly progress: ZipProgress | null;
  readonly error: unknown;
};

type Request = { readonly projectId: string; readonly item: Export; readonly fileName: string };

/** The writing of one zip in this browser; it goes on while the person looks at other pages of Assay. */
export class BrowserExport {
  #state: BrowserExportState = { phase: 'preparing', progress: null, error: null };
  readonly #cancel = new AbortController();

  constructor(
    readonly request: Request,
    private readonly onChange: () => void,
  ) {}

  get state(): BrowserExportState {
    return this.#state;
  }

  get isLive(): boolean {
    return this.#state.phase === 'preparing' || this.#state.phase === 'writing';
  }

  cancel(): void {
    this.#cancel.abort();
  }

  /** Writes the zip, tells the server, and saves the file. Never throws: the outcome stands in the state. */
  async start(): Promise<void> {
    try {
      const written = await this.#write();
      await this.#end({ state: 'ready', ...written });
      this.#set({ phase: 'done' });
    } catch (error) {
      return this.#stop(error);
    }
    await saveZip(this.request).catch((error: unknown) => this.#set({ error }));
  }

  async #write(): Promise<WrittenZip> {
    const { projectId, item } = this.request;
    const { signal } = this.#cancel;
    const listing = await getJson(addresses.exportManifest, { params: { projectId, exportId: item.id }, signal });
    return writeExportZip(projectId, listing, { signal, onProgress: (progress) => this.#set({ phase: 'writing', progress }) });
  }

  async #stop(thrown: unknown): Promise<void> {
    const cancelled = this.#cancel.signal.aborted;
    let error = thrown;
    try {
      if (cancelled || isFinal(thrown)) await this.#endPending(cancelled ? 'cancelled' : 'failed');
    } catch (second) {
      error = second;
    }
    if (cancelled && error === thrown) this.#set({ phase: 'cancelled' });
    else this.#set({ phase: 'failed', error });
  }

  /** An export that was written before stays what it was. */
  async #endPending(state: 'cancelled' | 'failed'): Promise<void> {
    if (this.request.item.state === 'pending') await this.#end({ state });
  }

  #end(outcome: ({ state: 'ready' } & WrittenZip) | { state: 'cancelled' | 'failed' }): Promise<Export> {
    const { projectId, item } = this.request;
    return callAction(endExport, { projectId, exportId: item.id, outcome });
  }

  #set(change: Partial<BrowserExportState>): void {
    this.#state = { ...this.#state, ...change };
    this.onChange();
  }
}

/** Where images are missing, or the server did not answer, the export waits: it can be written later, or elsewhere. */
function isFinal(error: unknown): boolean {
  return !(error instanceof ProblemError) && toAssayError(error).code !== 'private.image_missing';
}

/** Hands the kept zip to the person. @throws AssayError `export.expired` when it is gone */
export async function saveZip({ projectId, item, fileName }: Request): Promise<void> {
  const zip = await keptZip({ projectId, exportId: item.id });
  if (zip === null) throw new AssayError('export.expired', 'The zip is no longer in this browser.', { hint: 'Write it again.' });
  saveBlob(zip.file, fileName);
}
