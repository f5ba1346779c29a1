import { answerCalls } from '@/lib/inference/web/worker-call';
import { generatorOf } from '@/lib/synthesis/registry';
import { synthesise } from '@/lib/synthesis/synthesise';
import { encodeAnomaly, previewOf } from './encode';
import type { SynthesisRequest, SynthesisResult } from './messages';
import { seedImage } from './seed-images';

/* The program of a web worker that makes synthetic anomalies with the code that the server runs (lib/synthesis). */

answerCalls<SynthesisRequest, SynthesisResult>(self as unknown as Worker, async (request) => {
  const { settings, index, parent, other } = request;
  const wantsOther = generatorOf(settings.generator).otherImage !== 'unused';
  const material = { image: await seedImage(parent), other: other === null || !wantsOther ? undefined : await seedImage(other) };
  const made = synthesise(settings, index, material);
  if (request.kind === 'preview') {
    const preview = previewOf(made, request.side);
    return { result: preview, transfer: [preview.picture, ...(preview.outline === null ? [] : [preview.outline])] };
  }
  const parents = made.usesOther && other !== null ? [parent.sampleId, other.sampleId] : [parent.sampleId];
  const { generator, seed, parameters } = settings;
  return { result: await encodeAnomaly(made, { generator, seed, index, parents, settings: parameters }) };
});
