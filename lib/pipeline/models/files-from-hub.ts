import path from 'node:path';
import type { HubSource } from '@/lib/api/contracts/models';
import { parseHubId, type HubRevision, type HubSettings } from '@/lib/inference/hub/address';
import { chooseConfigurations, chooseOnnxFile, chooseWeights } from '@/lib/inference/hub/choose-files';
import { downloadFile } from '@/lib/inference/hub/download';
import { commitOf, listFiles, requireSmall, type HubFile } from '@/lib/inference/hub/repository';
import type { Progress } from '../context';
import { findWeights, MAX_MODEL_BYTES, readConfigurations, readSummary, requireTotal, type ModelFiles } from './model-files';
import { workFolder } from './work-folder';

export type HubDownload = {
  readonly files: ModelFiles;
  /** Remove it when the network is saved. */
  readonly folder: string;
};

type Watch = { readonly signal: AbortSignal; progress(update: Progress): void };

/**
 * Downloads a network from the hub: the ONNX file, the weights that it names beside itself, and the files that say how
 * images go in. All files are of one commit. What has arrived is kept for the next attempt.
 * @throws AssayError `hub.unreachable`, `hub.not_found`, `hub.gated`, `hub.checksum`, `request.too_large`, `storage.full`, `job.cancelled`
 */
export async function filesFromHub(settings: HubSettings, source: HubSource, watch: Watch): Promise<HubDownload> {
  const asked = parseHubId(`${source.repo}@${source.revision}`);
  watch.progress({ step: `asking ${new URL(settings.baseUrl).host}`, done: 0, total: null, unit: 'MB' });
  const listed = await listFiles(settings, asked, watch.signal);
  const onnxFile = chooseOnnxFile(listed, asked.repo, { wanted: source.file ?? undefined, precision: source.precision });
  const revision: HubRevision = { repo: asked.repo, revision: await commitOf(settings, asked, onnxFile.path, watch.signal) };
  const folder = await workFolder(`${settings.baseUrl} ${revision.repo}@${revision.revision}/${onnxFile.path}`);
  const place = ({ path: name }: HubFile): string => path.join(folder, path.basename(name));
  const fetchAll = download(settings, revision, watch);

  await fetchAll([...chooseConfigurations(listed, onnxFile).map((file) => requireSmall(file)), onnxFile], place);
  const onnx = place(onnxFile);
  const summary = await readSummary(onnx);
  const weightFiles = chooseWeights(listed, asked.repo, onnxFile, summary.externalFiles);
  requireTotal(onnxFile.bytes, weightFiles);
  await fetchAll(weightFiles, place);

  const files: ModelFiles = {
    onnx,
    summary,
    weights: await findWeights(onnx, summary),
    configurations: await readConfigurations(onnx),
    source: `hf:${revision.repo}@${revision.revision} ${onnxFile.path}`,
    name: nameOf(revision.repo, source),
  };
  return { files, folder };
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
