import path from 'node:path';
import type { HubSource } from '@/lib/api/contracts/models';
import { parseHubId, type HubRevision, type HubSettings } from '@/lib/inference/hub/address';
import { chooseConfigurations, chooseOnnxFile, chooseTextFile, chooseTokenizer, chooseWeights } from '@/lib/inference/hub/choose-files';
import { downloadFile } from '@/lib/inference/hub/download';
import { commitOf, listFiles, requireSmall, type HubFile } from '@/lib/inference/hub/repository';
import type { Progress } from '../context';
import { findWeights, MAX_MODEL_BYTES, readConfigurations, readSummary, requireTotal, type ModelFiles } from './model-files';
import { textFilesFromDisk, type PairFiles } from './pair-files';
import { workFolder } from './work-folder';

export type HubDownload<F = ModelFiles> = {
  readonly files: F;
  /** Remove it when the network is saved. */
  readonly folder: string;
};

type Watch = { readonly signal: AbortSignal; progress(update: Progress): void };

/** A repository that was asked what it holds, with a folder for what comes. */
type Begun = {
  readonly listed: readonly HubFile[];
  readonly onnxFile: HubFile;
  readonly repo: string;
  /** Where the network comes from, for the manifest. */
  readonly origin: string;
  readonly folder: string;
  readonly fetchAll: (files: readonly HubFile[], place: (file: HubFile) => string) => Promise<void>;
};

/**
 * Downloads a network from the hub: the ONNX file, the weights that it names beside itself, and the files that say how
 * images go in. All files are of one commit. What has arrived is kept for the next attempt.
 * @throws AssayError `hub.unreachable`, `hub.not_found`, `hub.gated`, `hub.checksum`, `request.too_large`, `storage.full`, `job.cancelled`
 */
export async function filesFromHub(settings: HubSettings, source: HubSource, watch: Watch): Promise<HubDownload> {
  const begun = await begin(settings, source, watch);
  return { files: await fetchNetwork(begun, source), folder: begun.folder };
}

/**
 * Downloads both towers of an image-text pair from one repository, with tokenizer.json.
 * @throws AssayError as `filesFromHub`; `hub.not_found` where the repository lacks a text tower or its tokenizer
 */
export async function pairFromHub(settings: HubSettings, source: HubSource, watch: Watch): Promise<HubDownload<PairFiles>> {
  const begun = await begin(settings, source, watch);
  const { listed, repo, folder, fetchAll } = begun;
  // Before anything large comes.
  const textFile = chooseTextFile(listed, repo, { wanted: source.textFile ?? undefined, precision: source.precision });
  const tokenizer = chooseTokenizer(listed, repo, textFile);
  const image = await fetchNetwork(begun, source);
  const place = ({ path: name }: HubFile): string => path.join(folder, 'text', path.basename(name));
  await fetchAll([...tokenizer, textFile], place);
  const { externalFiles } = await readSummary(place(textFile));
  await fetchAll(chooseWeights(listed, repo, textFile, externalFiles), place);
  return { files: { image, text: await textFilesFromDisk(place(textFile)) }, folder };
}

async function begin(settings: HubSettings, source: HubSource, watch: Watch): Promise<Begun> {
  const asked = parseHubId(`${source.repo}@${source.revision}`);
  watch.progress({ step: `asking ${new URL(settings.baseUrl).host}`, done: 0, total: null, unit: 'MB' });
  const listed = await listFiles(settings, asked, watch.signal);
  const onnxFile = chooseOnnxFile(listed, asked.repo, { wanted: source.file ?? undefined, precision: source.precision });
  const revision: HubRevision = { repo: asked.repo, revision: await commitOf(settings, asked, onnxFile.path, watch.signal) };
  const folder = await workFolder(`${settings.baseUrl} ${revision.repo}@${revision.revision}/${onnxFile.path}`);
  return { listed, onnxFile, repo: asked.repo, origin: `hf:${revision.repo}@${revision.revision} ${onnxFile.path}`, folder, fetchAll: download(settings, revision, watch) };
}

async function fetchNetwork({ listed, onnxFile, repo, origin, folder, fetchAll }: Begun, source: HubSource): Promise<ModelFiles> {
  const place = ({ path: name }: HubFile): string => path.join(folder, path.basename(name));
  await fetchAll([...chooseConfigurations(listed, onnxFile).map((file) => requireSmall(file)), onnxFile], place);
  const onnx = place(onnxFile);
  const summary = await readSummary(onnx);
  const weightFiles = chooseWeights(listed, repo, onnxFile, summary.externalFiles);
  requireTotal(onnxFile.bytes, weightFiles);
  await fetchAll(weightFiles, place);
  return { onnx, summary, weights: await findWeights(onnx, summary), configurations: await readConfigurations(onnx), source: origin, name: nameOf(repo, source) };
}

/** Downloads files one after another and reports megabytes over all of them. */
function download(settings: HubSettings, revision: HubRevision, watch: Watch): (files: readonly HubFile[], place: (file: HubFile) => string) => Promise<void> {
  let before = 0;
  let total = 0;
  const started = performance.now();
  let first: number | undefined;
  return async (files, place) => {
    total += files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const file of files) {
      const report = (bytes: number): void => {
        // What was there from an earlier attempt does not count as speed.
        first ??= before + bytes;
        const seconds = (performance.now() - started) / 1000;
        const rate = seconds > 1 ? (before + bytes - first) / 1e6 / seconds : null;
        watch.progress({ step: `downloading ${file.path}`, done: megabytes(before + bytes), total: Math.max(1, megabytes(total)), rate, unit: 'MB' });
      };
      await downloadFile(settings, revision, file, place(file), { signal: watch.signal, onProgress: report, maxBytes: MAX_MODEL_BYTES });
      before += file.bytes;
    }
  };
}

const megabytes = (bytes: number): number => Math.floor(bytes / 1e6);

/** "siglip-base-patch16-224", with the precision where it is not the full one. */
function nameOf(repo: string, { precision }: HubSource): string {
  const name = repo.slice(repo.indexOf('/') + 1);
  return precision === 'fp32' ? name : `${name} (${precision})`;
}
