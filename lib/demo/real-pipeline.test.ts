import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { eap } from '@/lib/anomaly/eap/eap';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { knnAuroc } from '@/lib/anomaly/metrics/knn-auroc';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { preprocessSpec } from '@/lib/inference/manifest';
import { createPreprocessor } from '@/lib/inference/preprocess/preprocess';
import { embeddedManifest } from '@/lib/inference/scattering/embedded-model';
import { defaultDemoCounts, generateDemoSet } from './demo-set';
import { demoProducts } from './products/catalogue';
import type { DemoCounts, DemoSample } from './types';

/** The bars of the demo: ranking of the auxiliary set, and real anomalies against normals. */
const LEAST_AUC = 0.75;
const LEAST_AUROC = 0.8;
const SEED = 1;
/** As many real anomalies as the demo has, since their number sets k-hat; fewer of the rest, to be quick. */
const counts: DemoCounts = { ...defaultDemoCounts, trainNormals: 60, testNormals: 16, auxiliaryPerQuality: 10 };

const modelPath = path.resolve(import.meta.dirname, '../../public/models/scattering/model.onnx');

type Featured = { readonly sample: DemoSample; readonly vector: Float32Array };

function matrixOf(rows: readonly Featured[]): Matrix {
  const cols = rows[0]?.vector.length ?? 0;
  const data = new Float64Array(rows.length * cols);
  rows.forEach(({ vector }, i) => data.set(vector, i * cols));
  return createMatrix(data, rows.length, cols);
}

describe('the demo under the real extractor and EAP', { timeout: 120_000 }, () => {
  let session: ort.InferenceSession;

  beforeAll(async () => {
    session = await ort.InferenceSession.create(modelPath, { intraOpNumThreads: 1 });
  });

  async function extract(samples: Iterable<DemoSample>): Promise<Featured[]> {
    const preprocessor = createPreprocessor(preprocessSpec(embeddedManifest));
    const out: Featured[] = [];
    for (const sample of samples) {
      const input = new Float32Array(preprocessor.length);
      preprocessor.run(sample, input);
      const tensor = new ort.Tensor('float32', input, [1, ...preprocessor.shape]);
      const outputs = await session.run({ [embeddedManifest.input.name]: tensor });
      const vector = outputs[embeddedManifest.output.name]?.data;
      if (!(vector instanceof Float32Array)) throw new Error('the extractor gave no float vector');
      out.push({ sample, vector: Float32Array.from(vector) });
    }
    return out;
  }

  it.each(demoProducts.map((product) => [product.id, product] as const))('%s: EAP ranks the auxiliary set, real anomalies stand out', async (_, product) => {
    const all = await extract(generateDemoSet(product, SEED, counts));
    const normals = all.filter(({ sample }) => sample.role === 'normal' && sample.split === 'train');
    const heldOut = all.filter(({ sample }) => sample.role === 'normal' && sample.split === 'test');
    const anomalies = all.filter(({ sample }) => sample.role === 'anomaly');
    const auxiliary = all.filter(({ sample }) => sample.role === 'auxiliary');
    const training = [...normals, ...anomalies];
    const labels = Uint8Array.from(training, ({ sample }) => (sample.role === 'anomaly' ? 1 : 0));
    const { quality } = await eap({ train: matrixOf(training), labels, auxiliary: matrixOf(auxiliary) });
    const realistic = Uint8Array.from(auxiliary, ({ sample }) => (sample.qualityLabel === 'realistic' ? 1 : 0));
    expect(rocAuc(realistic, quality)).toBeGreaterThanOrEqual(LEAST_AUC);

    const sets = { referenceNormals: matrixOf(normals), heldOutNormals: matrixOf(heldOut), anomalies: matrixOf(anomalies) };
    const { auc } = await knnAuroc(sets, { seed: 0, repetitions: 10 });
    expect(auc).toBeGreaterThanOrEqual(LEAST_AUROC);
  });
});
