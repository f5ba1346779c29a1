import { providerWishes, type ProviderWish } from '@/lib/inference/web/provider';

const keyOf = (featureSetId: string): string => `assay.provider.${featureSetId}`;

/** Keeps the provider that a person chose for a feature set, for when it is gone on with after a reload. */
export function keepWish(featureSetId: string, wish: ProviderWish): void {
  window.localStorage.setItem(keyOf(featureSetId), wish);
}

/** The provider that was chosen in this browser for a feature set; the best one where none was. */
export function keptWish(featureSetId: string): ProviderWish {
  const kept = window.localStorage.getItem(keyOf(featureSetId));
  return providerWishes.find((wish) => wish === kept) ?? 'auto';
}

/** The set has ended; nobody goes on with it. */
export function forgetWish(featureSetId: string): void {
  window.localStorage.removeItem(keyOf(featureSetId));
}
