import type { Contrast, FeedbackGroup, FeedbackParameter, Outcome, Share } from '@/lib/api/contracts/feedback';
import { generatorIdSchema } from '@/lib/api/contracts/generators';
import { formatCount, formatNumber, formatPercent } from '@/lib/figures/format';
import { describeGenerator, generatorDescriptions } from '@/lib/synthesis/describe';

type Named = Pick<FeedbackParameter, 'source' | 'name'>;

/** "CutPaste"; a generator from elsewhere keeps the name that its samples came with. */
export function generatorLabel(name: string): string {
  return generatorDescriptions.find(({ id }) => id === name)?.name ?? name;
}

/** "Largest area" of a setting, "area share" of what was drawn, any other name as it came. */
export function parameterLabel(generator: string, { source, name }: Named): string {
  const id = generatorIdSchema.safeParse(generator);
  const label = source === 'setting' && id.success ? describeGenerator(id.data).parameters.find((parameter) => parameter.name === name)?.label : undefined;
  return label ?? name.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`).replaceAll('_', ' ');
}

/** Where a parameter comes from, in a few words. */
export const sourceWords: Record<FeedbackParameter['source'], string> = { setting: 'set for the batch', value: 'kept with the sample', prompt: 'of the sample', severity: 'of the sample' };

/** "0.02", "0.02 to 0.05", a word, or "other values". */
export function groupLabel({ from, to, value }: Pick<FeedbackGroup, 'from' | 'to' | 'value'>): string {
  if (from === null || to === null) return value ?? 'other values';
  return from === to ? numberWords(from) : `${numberWords(from)} to ${numberWords(to)}`;
}

/** Three digits, without zeros that only fill up. */
function numberWords(value: number | null): string {
  const text = formatNumber(value);
  return /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text;
}

export const outcomeWords: Record<Outcome, string> = { unrealistic: 'unrealistic', indistinguishable: 'indistinguishable', rejected: 'rejected' };

/** "64 % (52–75 %)". */
export function shareWords({ share, low, high }: Share): string {
  return `${formatPercent(share)} (${formatPercent(low).replace(' %', '')}–${formatPercent(high)})`;
}

/** "CutPaste with scale above 0.3: 64 % unrealistic (52–75 %) against 12 % (6–23 %) at or below it." */
export function contrastSentence(generator: string, contrast: Contrast, parameters: readonly FeedbackParameter[]): string {
  const { outcome, worse, better } = contrast;
  const groups = parameters.find(({ source, name }) => source === contrast.source && name === contrast.name)?.groups ?? [];
  const [worseWords, betterWords] = sides(contrast, groups);
  const { share, low, high } = worse;
  const interval = `${formatPercent(low).replace(' %', '')}–${formatPercent(high)}`;
  return `${generatorLabel(generator)} with ${parameterLabel(generator, contrast)} ${worseWords}: ${formatPercent(share)} ${outcomeWords[outcome]} (${interval}) against ${shareWords(better)} ${betterWords}.`;
}

/** Which values are worse, and which are the others. */
function sides({ side, first, last }: Contrast, groups: readonly FeedbackGroup[]): [string, string] {
  const [a, b] = [groups[first], groups[last]];
  if (a === undefined || b === undefined) return ['of some values', 'with others'];
  const [from, to] = [numberWords(a.from), numberWords(b.to)];
  const range = a.from === b.to ? from : `between ${from} and ${to}`;
  switch (side) {
    case 'above':
      return [`above ${to}`, 'at or below it'];
    case 'below':
      return [`of at most ${to}`, 'above it'];
    case 'between':
      return [a.from === b.to ? `of ${range}` : range, 'elsewhere'];
    case 'outside':
      return [a.from === b.to ? `other than ${range}` : `outside ${from} to ${to}`, a.from === b.to ? 'with it' : 'within'];
    case 'value':
      return [quoted(a), groups.length === 2 ? `with ${quoted(groups[1 - first]!)}` : 'with other values'];
    case 'otherValues':
      return groups.length === 2 ? [quoted(groups[1 - first]!), `with ${quoted(a)}`] : [`other than ${quoted(a)}`, 'with it'];
  }
}

function quoted(group: FeedbackGroup): string {
  return group.value === null ? 'of the rarer values' : `“${group.value}”`;
}

/** Why no setting stands out, in a sentence that names what is missing. */
export function nothingStandsOut(generator: string, { total, scored, decided, comparisons }: { total: number; scored: number; decided: number; comparisons: number }): string {
  const known = `${formatCount(total)} samples, ${formatCount(scored)} of them scored and ${formatCount(decided)} accepted or rejected`;
  if (comparisons === 0) return `No setting of ${generatorLabel(generator)} can be compared yet: of ${known}, neither side of any comparison has 10.`;
  return `No setting of ${generatorLabel(generator)} stands out: with ${known}, each difference may be chance.`;
}
