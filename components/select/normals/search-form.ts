import { prototypeSettingsSchema, type PrototypeFitness, type PrototypeMethod, type PrototypeSettings } from '@/lib/api/contracts/prototypes';
import { sizesOf } from '@/lib/figures/prototypes/words';

/** What the set-up sentence holds: sizes as they are typed, one choice of methods. */
export type SearchForm = Omit<PrototypeSettings, 'sizes' | 'methods'> & { readonly sizes: string; readonly methods: PrototypeMethod | 'all' };

export function initialForm(): SearchForm {
  const { sizes, methods: _, ...defaults } = prototypeSettingsSchema.parse({});
  return { ...defaults, sizes: sizes.join(', '), methods: 'all' };
}

/** The settings that a form means; null while its sizes cannot be read. */
export function settingsOf({ sizes, methods, ...rest }: SearchForm): PrototypeSettings | null {
  const numbers = sizesOf(sizes);
  return numbers === null ? null : { ...rest, sizes: numbers, methods: methods === 'all' ? null : [methods] };
}

/** Fitness matters where evolution runs. */
export function usesFitness({ methods }: Pick<SearchForm, 'methods'>): boolean {
  return methods === 'all' || methods === 'evolution';
}

export const fitnessOptions: readonly { value: PrototypeFitness; label: string }[] = [
  { value: 'equation-3', label: 'Eq. 3 of the paper' },
  { value: 'auroc', label: 'AUROC on the rows that choose' },
];
