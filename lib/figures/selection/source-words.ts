import type { SyntheticSource } from '@/lib/api/contracts/selections';

/** Names of generators as they stand in a sentence. */
export const generatorNames: Readonly<Record<Extract<SyntheticSource, { kind: 'generator' }>['generator'], string>> = {
  cutpaste: 'CutPaste',
  'cutpaste-scar': 'CutPaste scar',
  cutmix: 'CutMix',
  draem: 'DRAEM',
  elastic: 'elastic distortion',
  copy: 'plain copies',
  diffstyle: 'DiffStyle',
};

/** Where synthetic anomalies come from, in a few words: "CutPaste", "the accepted auxiliary anomalies". */
export function sourceWords(source: SyntheticSource): string {
  if (source.kind === 'generator') return generatorNames[source.generator];
  const which = { all: 'all auxiliary anomalies', accepted: 'the accepted auxiliary anomalies', 'top-third': `the third that ${source.evaluator ?? 'an evaluator'} values most` }[source.which];
  const where = [source.generationId === null ? null : 'of one batch', source.folder === null ? null : `in “${source.folder}”`].filter((part) => part !== null);
  return [which, ...where].join(' ');
}
