import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runSummarySchema } from '@/lib/api/contracts/runs';
import { defaultModelId } from '@/lib/inference/registry';
import { extractFeatures } from '@/lib/services/features';
import { createProject } from '@/lib/services/projects';
import { startRuns } from '@/lib/services/runs';
import { findImageSet, type ImageSet } from './image-set';
import { startInstance, type Instance } from './instance';
import { ready } from './ready';
import { cells, printHead, printMachine } from './table';
import { upload, type Source } from './uploading';

const setNames = ['mvtec_bottle', 'elpv', 'magnetic_tile'];

const at = (folder: string) => (file: string, i: number): Source => ({ path: `${folder}/${String(i).padStart(3, '0')}-${path.basename(file)}`, read: () => readFile(file) });
const every = (files: readonly string[], remainder: (i: number) => boolean) => files.filter((_, i) => remainder(i));

/**
 * A project out of a set: all normals of train/good; of test/good every second as held-out normal, the others as
 * indistinguishable auxiliary samples; of the anomalies every third as known, the others as realistic ones; as many
 * anomalies of another product as unrealistic ones.
 */
function drop(set: ImageSet, other: ImageSet): Source[] {
  const realistic = every(set.testAnomalous, (i) => i % 3 !== 0);
  return [
    ...set.train.map(at('train/good')),
    ...every(set.testGood, (i) => i % 2 === 0).map(at('test/good')),
    ...every(set.testAnomalous, (i) => i % 3 === 0).map(at('test/defect')),
    ...realistic.map(at('auxiliary/realistic')),
    ...every(set.testGood, (i) => i % 2 === 1).map(at('auxiliary/indistinguishable')),
    ...other.testAnomalous.slice(0, realistic.length).map(at('auxiliary/unrealistic')),
  ];
}

async function line({ context, ...instance }: Instance, set: ImageSet, other: ImageSet): Promise<void> {
  const { store } = context;
  const files = drop(set, other);
  const { id: projectId } = await createProject(context, { name: set.name, objectName: set.name });
  instance.resetPeaks();
  const cpu = [instance.cpuSeconds().worker];
  const sent = await upload({ context, ...instance }, projectId, files);
  if (sent.upload.counts.refused) throw new Error(`${sent.upload.counts.refused} files were refused`);
  cpu.push(instance.cpuSeconds().worker);
  const model = await store.model.findFirstOrThrow({ where: { builtIn: true, manifest: { path: ['id'], equals: defaultModelId } } });
  const { id: featureSetId } = await extractFeatures(context, { projectId, modelId: model.id });
  const features = await ready(context, () => store.featureSet.findUniqueOrThrow({ where: { id: featureSetId } }));
  cpu.push(instance.cpuSeconds().worker);
  const { runs } = await startRuns(context, { projectId, featureSetId, seed: 0, runs: [{ evaluator: 'EAP', preset: 'paper', parameters: {} }] });
  const runId = runs[0]!.id;
  const run = await ready(context, () => store.run.findUniqueOrThrow({ where: { id: runId } }));
  const summary = runSummarySchema.parse(run.summary);
  cpu.push(instance.cpuSeconds().worker);
  const used = (step: number) => cpu[step]! - cpu[step - 1]!;
  const perFile = (step: number) => ((used(step) / files.length) * 1000).toFixed(0);
  const { web, worker } = instance.peaks();
  console.log(
    cells([
      set.name,
      `${summary.normals} + ${summary.anomalies} + ${summary.auxiliary}`,
      `${(files.length / sent.seconds).toFixed(0)} (${perFile(1)})`,
      `${(features.imagesPerSecond ?? Number.NaN).toFixed(0)} (${perFile(2)})`,
      (summary.knnAuroc ?? Number.NaN).toFixed(3),
      (summary.aucQlt?.value ?? Number.NaN).toFixed(3),
      `${summary.seconds.toFixed(1)} (${used(3).toFixed(1)})`,
      web.toFixed(0),
      worker.toFixed(0),
    ]),
  );
}

/** Upload, import, features and EAP of three sets in a running Assay: web and worker processes as `npm start` runs them. */
export async function benchMainJob(dataFolder: string): Promise<void> {
  printMachine();
  const sets = setNames.map((name) => findImageSet(path.join(dataFolder, 'images'), name)).filter((set) => set !== undefined);
  if (sets.length < 2) {
    console.log(`SKIPPED: fewer than two of the sets ${setNames.join(', ')} are in ${path.join(dataFolder, 'images')}.`);
    return;
  }
  const instance = await startInstance();
  try {
    printHead(['set', 'normals + anomalies + auxiliary', 'import, files/s (CPU ms)', 'extraction, images/s (CPU ms)', '3-NN AUROC', 'AUC_QLT', 'EAP run, s (CPU s)', 'web, peak MiB', 'worker, peak MiB']);
    for (const [i, set] of sets.entries()) await line(instance, set, sets[(i + 1) % sets.length]!);
  } finally {
    await instance.stop();
  }
}
