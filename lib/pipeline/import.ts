import { setTimeout as delay } from 'node:timers/promises';
import { AssayError } from '@/lib/errors';
import { isArchive, isMaskPath, isMetadataFile } from '@/lib/ingest/layout';
import { isTablePath } from '@/lib/ingest/tables/table-files';
import type { UploadFile } from '@/lib/store/generated/client';
import type { PipelineContext } from './context';
import { expandArchive } from './import-archive';
import { attachMask, type MaskOutcome } from './import-mask';
import { importMetadata } from './import-metadata';
import { importSample, refuse, type FileOutcome } from './import-sample';
import { importTable } from './import-table';
import { refreshVectorSet } from './standardise-vectors';

/** Rows that are looked at in one go; their bytes are read a few at a time. */
const PAGE = 64;
/** Images that are decoded side by side: each may take hundreds of megabytes. */
const PARALLEL = 4;
/** How long an import whose upload is still going on waits for more before it leaves the worker to others. */
const LINGER_MS = 3000;
const LOOK_EVERY_MS = 250;

/** What became of the files of an upload so far. */
export type ImportResult = { stored: number; duplicates: number; refused: number; /** Made of the vectors that came. */ featureSetId?: string };

/**
 * Turns the received files of an upload into samples: unpacks archives, reads metadata files, decodes images, makes
 * thumbnails, attaches masks; rows of table files become vectors, of which a feature set is made at the end. Each file ends as stored, duplicate or refused with a reason; one bad file never stops the
 * others. Can be stopped or killed at any moment and run again: a file that is not finished is done again, a finished one
 * is not. Only a full disk, a lost database or a cancellation end it early.
 */
export async function importUpload({ uploadId }: { uploadId: string }, context: PipelineContext): Promise<ImportResult> {
  const upload = await context.store.upload.findUnique({ where: { id: uploadId }, select: { id: true, projectId: true } });
  if (upload === null) throw new AssayError('request.not_found', 'The upload is no longer there.');
  const run = new ImportRun(upload.id, upload.projectId, context);
  for (let idleSince = performance.now(); ; ) {
    const finished = await run.pass();
    if (finished > 0) idleSince = performance.now();
    const state = await run.state();
    if (state === 'ended' || (state === 'quiet' && performance.now() - idleSince > LINGER_MS)) break;
    if (finished === 0) await delay(LOOK_EVERY_MS, undefined, { signal: context.signal }).catch(() => context.signal.throwIfAborted());
  }
  const featureSetId = await refreshVectorSet(upload.projectId, context);
  return { ...(await run.result()), ...(featureSetId === null ? {} : { featureSetId }) };
}

class ImportRun {
  private readonly started = performance.now();
  private finished = 0;
  private before = 0;
  private masksTried = 0;

  constructor(
    private readonly uploadId: string,
    private readonly projectId: string,
    private readonly context: PipelineContext,
  ) {}

  /** Goes once through everything that is received. Answers how many files it finished. */
  async pass(): Promise<number> {
    const finishedBefore = this.finished;
    await this.report('reading');
    const masks: UploadFile[] = [];
    for await (const page of this.received()) {
      for (const file of page.filter(({ path }) => isArchive(path))) await this.expand(file);
      for (const file of page.filter(({ path }) => isMetadataFile(path))) this.count(await importMetadata(file, this.context));
      for (const file of page.filter(isTable)) this.count(await importTable(file, this.projectId, this.context));
      masks.push(...page.filter(({ path }) => isMaskPath(path) && !isArchive(path) && !isMetadataFile(path) && !isTablePath(path)));
      const [firsts, repeats] = splitRepeats(page.filter(isImage));
      for (const wave of [firsts, repeats]) await this.inParallel(wave, (file) => importSample(file, this.projectId, this.context));
    }
    const news = this.finished > finishedBefore || masks.length !== this.masksTried;
    if (masks.length > 0 && (news || (await this.isLast()))) await this.attach(masks);
    return this.finished - finishedBefore;
  }

  /** `ended`: nothing is left to do. `quiet`: more may come. `busy`: received files wait. */
  async state(): Promise<'ended' | 'quiet' | 'busy'> {
    const upload = await this.context.store.upload.findUnique({ where: { id: this.uploadId }, select: { state: true } });
    if (upload === null || upload.state === 'cancelled') return 'ended';
    const waiting = await this.context.store.uploadFile.groupBy({ by: ['state'], where: { uploadId: this.uploadId, state: { in: ['expected', 'received'] } }, _count: { _all: true } });
    const received = waiting.find(({ state }) => state === 'received')?._count._all ?? 0;
    if (received > this.masksTried) return 'busy';
    if (upload.state === 'open') return waiting.length > 0 ? 'quiet' : 'ended';
    return received > 0 ? 'busy' : 'ended';
  }

  async result(): Promise<ImportResult> {
    const groups = await this.counts();
    await this.report('done');
    return { stored: groups.get('stored') ?? 0, duplicates: groups.get('duplicate') ?? 0, refused: groups.get('refused') ?? 0 };
  }

  private async *received(): AsyncGenerator<UploadFile[]> {
    for (let after: string | undefined; ; ) {
      this.context.signal.throwIfAborted();
      const page = await this.context.store.uploadFile.findMany({
        where: { uploadId: this.uploadId, state: 'received', ...(after === undefined ? {} : { id: { gt: after } }) },
        orderBy: { id: 'asc' },
        take: PAGE,
      });
      if (page.length === 0) return;
      yield page;
      after = page.at(-1)?.id;
    }
  }

  private async expand(file: UploadFile): Promise<void> {
    await this.report(`unpacking ${file.path}`);
    await expandArchive(file, this.context, () => this.report(`unpacking ${file.path}`));
  }

  private async attach(masks: readonly UploadFile[]): Promise<void> {
    const last = await this.isLast();
    let waiting = 0;
    await this.inParallel(masks, async (file) => {
      const outcome: MaskOutcome = await attachMask(file, this.context);
      if (outcome !== 'unmatched') return outcome;
      if (last) return refuse(file, new AssayError('mask.unmatched', 'There is no image that this mask belongs to.', { hint: 'A mask ground_truth/crack/001_mask.png belongs to test/crack/001.png.' }), this.context);
      waiting++;
      return 'untouched';
    });
    this.masksTried = waiting;
  }

  /** True when no image can come any more that a mask might belong to. */
  private async isLast(): Promise<boolean> {
    const upload = await this.context.store.upload.findUnique({ where: { id: this.uploadId }, select: { state: true } });
    if (upload?.state === 'open') return false;
    for await (const page of this.received()) {
      if (page.some(({ path }) => !isMaskPath(path))) return false;
    }
    return true;
  }

  /** Works on a few files at once. The first failure that is not a file's own ends all. */
  private async inParallel(files: readonly UploadFile[], work: (file: UploadFile) => Promise<FileOutcome>): Promise<void> {
    const queue = files.values();
    const lane = async () => {
      for (const file of queue) {
        this.context.signal.throwIfAborted();
        this.count(await work(file));
        if (this.finished % 16 === 0) this.tell('decoding');
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: PARALLEL }, lane));
    const failed = lanes.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    this.tell('decoding');
  }

  private count(outcome: FileOutcome): void {
    if (outcome !== 'untouched') this.finished++;
  }

  private total = 0;

  private async report(step: string): Promise<void> {
    const groups = await this.counts();
    const sum = (...states: string[]) => states.reduce((total, state) => total + (groups.get(state) ?? 0), 0);
    this.before = sum('stored', 'duplicate', 'refused') - this.finished;
    this.total = sum('expected', 'received', 'stored', 'duplicate', 'refused');
    this.tell(step);
  }

  private tell(step: string): void {
    const seconds = (performance.now() - this.started) / 1000;
    const rate = this.finished === 0 || seconds === 0 ? null : this.finished / seconds;
    this.context.progress({ step, done: this.before + this.finished, total: this.total, unit: 'files', rate });
  }

  private async counts(): Promise<ReadonlyMap<string, number>> {
    const groups = await this.context.store.uploadFile.groupBy({ by: ['state'], where: { uploadId: this.uploadId }, _count: { _all: true } });
    return new Map(groups.map((group) => [group.state, group._count._all]));
  }
}

/** Files whose content comes first, and those that repeat one: they wait, so that the first in order is the sample. */
function splitRepeats(files: readonly UploadFile[]): [UploadFile[], UploadFile[]] {
  const seen = new Set<string | null>();
  const firsts = files.filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256));
  return [firsts, files.filter((file) => !firsts.includes(file))];
}

function isImage({ path }: UploadFile): boolean {
  return !isArchive(path) && !isMetadataFile(path) && !isMaskPath(path) && !isTablePath(path);
}

/** Tables of vectors, wherever they lie: a folder "masks" does not make a mask of one. */
function isTable({ path }: UploadFile): boolean {
  return isTablePath(path);
}
