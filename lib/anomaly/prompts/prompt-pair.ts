import { NumericsError } from '../errors';

/** Two texts, one for a good and one for a defective part; `{}` stands for the name of the object. */
export type PromptPair = { readonly normal: string; readonly anomalous: string };

/** Candidate pairs; the first is the default prompt. */
export type PromptPool = {
  readonly id: string;
  readonly name: string;
  /** Where the wording is from. */
  readonly source: string;
  readonly pairs: readonly PromptPair[];
};

const PLACEHOLDER = '{}';
const LONGEST_TEXT = 300;

/**
 * Throws `parameter.invalid` for an empty or overlong text, two equal texts, and any brace other than `{}`: "{name}" would
 * otherwise be read by the model letter for letter. Texts without `{}` are allowed.
 * @param where names the pair in the message
 */
export function checkPromptPair({ normal, anomalous }: PromptPair, where: string): void {
  for (const text of [normal, anomalous]) {
    if (text.trim() === '') throw new NumericsError('parameter.invalid', `${where} has an empty text.`);
    if (text.length > LONGEST_TEXT) throw new NumericsError('parameter.invalid', `${where} has a text of ${text.length} characters; at most ${LONGEST_TEXT} are taken.`);
    const unknown = /\{[^{}]*\}|[{}]/.exec(text.replaceAll(PLACEHOLDER, ''))?.[0];
    if (unknown !== undefined) throw new NumericsError('parameter.invalid', `${where} has the unknown placeholder "${unknown}"; only {} is known, for the name of the object.`);
  }
  if (normal.trim() === anomalous.trim()) throw new NumericsError('parameter.invalid', `${where} has the same text twice; it tells nothing apart.`);
}

/** Throws `parameter.invalid` for a pair that cannot be used or that stands twice, `data.too_few_rows` for a pool without pairs. */
export function checkPromptPairs(pairs: readonly PromptPair[]): void {
  if (pairs.length === 0) throw new NumericsError('data.too_few_rows', 'The pool has no prompt pair.');
  const seen = new Map<string, number>();
  pairs.forEach((pair, i) => {
    checkPromptPair(pair, `Pair ${i + 1}`);
    const key = JSON.stringify([pair.normal, pair.anomalous]);
    const before = seen.get(key);
    if (before !== undefined) throw new NumericsError('parameter.invalid', `Pair ${i + 1} is the same as pair ${before + 1}.`);
    seen.set(key, i);
  });
}

/** The texts of a pair for an object: every `{}` becomes its name. */
export function fillPromptPair({ normal, anomalous }: PromptPair, objectName: string): PromptPair {
  const filled = (text: string) => text.replaceAll(PLACEHOLDER, () => objectName);
  return { normal: filled(normal), anomalous: filled(anomalous) };
}
