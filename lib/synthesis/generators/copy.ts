import type { Generator } from '../generator';
import { canvasOf } from '../image';

/** Normal images that claim to be anomalies: the indistinguishable third of an evaluation set. */
export const copy: Generator<Record<string, never>> = {
  id: 'copy',
  name: 'Plain copy',
  description: 'Leaves the normal image as it is: an anomaly that cannot be told from a normal, for evaluation sets.',
  source: 'Perini, Rudolph, Schmedding, Qiu: Expected Anomaly Posterior, section 5',
  parameters: [],
  otherImage: 'unused',
  usualQuality: 'indistinguishable',
  attempts: 0,
  generate: ({ image }) => ({ image: canvasOf(image), drawn: {}, usesOther: false }),
};
