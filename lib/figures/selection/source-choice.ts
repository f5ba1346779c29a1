import type { SyntheticSource } from '@/lib/api/contracts/selections';
import { formatDate } from '../format';
import { generatorNames } from './source-words';

export type GeneratorSource = Extract<SyntheticSource, { kind: 'generator' }>;
export type AuxiliarySource = Extract<SyntheticSource, { kind: 'auxiliary' }>;
type Option = { readonly value: string; readonly label: string; readonly disabled?: boolean };

/** What there is to choose from; the part of `SourceChoices` that decides the options. */
type Offer = {
  readonly auxiliary: number;
  readonly accepted: number;
  readonly evaluators: readonly string[];
  readonly batches: readonly { readonly id: string; readonly generator: string; readonly samples: number; readonly createdAt: string }[];
  readonly folders: readonly { readonly value: string; readonly count: number }[];
  readonly diffusionModels: readonly { readonly id: string }[];
  readonly mayGenerate: boolean;
};

export const PER_SEED = 5;

/** CutPaste in a project of images, the auxiliary anomalies elsewhere. */
export function sourceAtFirst({ mayGenerate }: Pick<Offer, 'mayGenerate'>): SyntheticSource {
  return mayGenerate ? generatorSource('cutpaste', null) : auxiliarySource('all', null);
}

function generatorSource(generator: GeneratorSource['generator'], diffusionModelId: string | null): GeneratorSource {
  return { kind: 'generator', generator, parameters: {}, perSeed: PER_SEED, diffusionModelId };
}

function auxiliarySource(which: AuxiliarySource['which'], evaluator: string | null): AuxiliarySource {
  return { kind: 'auxiliary', which, runId: null, evaluator, generationId: null, folder: null };
}

/** The sources by name; what there is nothing of cannot be chosen, and says so. */
export function sourceOptions(offer: Offer): Option[] {
  const { mayGenerate, diffusionModels, auxiliary, accepted, evaluators } = offer;
  const generators = Object.entries(generatorNames).map(([id, name]): Option => {
    const lacksNetwork = id === 'diffstyle' && diffusionModels.length === 0;
    return { value: id, label: lacksNetwork ? `${name} (no network yet)` : name, disabled: lacksNetwork };
  });
  return [
    ...(mayGenerate ? generators : []),
    { value: 'aux:all', label: auxiliary === 0 ? 'all auxiliary anomalies (none yet)' : 'all auxiliary anomalies', disabled: auxiliary === 0 },
    { value: 'aux:accepted', label: accepted === 0 ? 'accepted auxiliary anomalies (none yet)' : 'accepted auxiliary anomalies', disabled: accepted === 0 },
    { value: 'aux:top-third', label: evaluators.length === 0 ? 'best third by an evaluator (no run yet)' : 'best third by an evaluator', disabled: evaluators.length === 0 },
  ];
}

/** The value of `sourceOptions` that a source stands for. */
export function optionOf(source: SyntheticSource): string {
  return source.kind === 'generator' ? source.generator : `aux:${source.which}`;
}

/** The source that an option stands for; a number of anomalies per seed, a batch and a folder that were chosen are kept. */
export function sourceOf(option: string, last: SyntheticSource, offer: Offer): SyntheticSource {
  if (option.startsWith('aux:')) {
    const which = option.slice('aux:'.length) as AuxiliarySource['which'];
    const kept = last.kind === 'auxiliary' ? { generationId: last.generationId, folder: last.folder } : {};
    return { ...auxiliarySource(which, which === 'top-third' ? (offer.evaluators[0] ?? null) : null), ...kept };
  }
  const generator = option as GeneratorSource['generator'];
  const made = generatorSource(generator, generator === 'diffstyle' ? (offer.diffusionModels[0]?.id ?? null) : null);
  return last.kind === 'generator' ? { ...made, perSeed: last.perSeed } : made;
}

/** Where auxiliary anomalies may be restricted to: a batch or a folder. */
export function placeOptions({ batches, folders }: Offer): Option[] {
  return [
    { value: '', label: 'the whole project' },
    ...batches.map(({ id, generator, samples, createdAt }) => ({ value: `batch:${id}`, label: `batch ${generatorNames[generator as keyof typeof generatorNames] ?? generator}, ${samples}, ${formatDate(createdAt)}` })),
    ...folders.map(({ value, count }) => ({ value: `folder:${value}`, label: `folder ${value} (${count})` })),
  ];
}

export function placeOf({ generationId, folder }: AuxiliarySource): string {
  if (generationId !== null) return `batch:${generationId}`;
  return folder === null ? '' : `folder:${folder}`;
}

export function withPlace(source: AuxiliarySource, place: string): AuxiliarySource {
  const after = (prefix: string) => (place.startsWith(prefix) ? place.slice(prefix.length) : null);
  return { ...source, generationId: after('batch:'), folder: after('folder:') };
}
