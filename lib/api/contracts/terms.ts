/** The words of the field that data are tagged with; the schemas of common.ts accept exactly these. Pages take them along without the schemas. */
export const sampleRoleTerms = ['normal', 'anomaly', 'auxiliary'] as const;
export const qualityLabelTerms = ['realistic', 'indistinguishable', 'unrealistic'] as const;
export const zoneTerms = ['realistic', 'unrealistic', 'indistinguishable'] as const;
export const verdictTerms = ['accepted', 'rejected', 'skipped'] as const;
export const rejectReasonTerms = ['unrealistic', 'indistinguishable', 'artefact', 'placement', 'duplicate', 'other'] as const;

export type SampleRole = (typeof sampleRoleTerms)[number];
export type QualityLabel = (typeof qualityLabelTerms)[number];
export type Zone = (typeof zoneTerms)[number];
export type Verdict = (typeof verdictTerms)[number];
export type RejectReason = (typeof rejectReasonTerms)[number];

/** Narrows a word to one of a list. */
export function isOneOf<T extends string>(words: readonly T[], word: string | null): word is T {
  return (words as readonly (string | null)[]).includes(word);
}
