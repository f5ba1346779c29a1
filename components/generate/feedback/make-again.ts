import type { Contrast, FeedbackGroup, FeedbackParameter } from '@/lib/api/contracts/feedback';
import { generatorIdSchema } from '@/lib/api/contracts/generators';
import { describeGenerator } from '@/lib/synthesis/describe';
import type { GeneratorParameter } from '@/lib/synthesis/generator';
import { emptyForm, formToUrl } from '../generate-form';

/**
 * Query of the Generate form with the better side of a contrast filled in; null where the form has no such field, or the better
 * side is no single range.
 */
export function makeAgainQuery(generator: string, contrast: Contrast, parameters: readonly FeedbackParameter[]): string | null {
  const id = generatorIdSchema.safeParse(generator);
  const groups = parameters.find(({ source, name }) => source === contrast.source && name === contrast.name)?.groups;
  if (!id.success || groups === undefined) return null;
  const fields = describeGenerator(id.data).parameters;
  const better = betterGroups(contrast, groups);
  const values = contrast.source === 'setting' ? ofSetting(fields, contrast, better) : contrast.source === 'value' ? ofDrawn(fields, contrast.name, better) : null;
  if (values === null) return null;
  const entries = Object.entries(formToUrl({ ...emptyForm, generator: id.data, values }, [])).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== '');
  return new URLSearchParams(entries).toString();
}

/** Neighbouring groups of the better side; of two separate ranges the one with more samples. */
function betterGroups({ side, first, last }: Contrast, groups: readonly FeedbackGroup[]): readonly FeedbackGroup[] {
  const [before, inside, after] = [groups.slice(0, first), groups.slice(first, last + 1), groups.slice(last + 1)];
  if (side === 'above' || side === 'outside' || side === 'otherValues') return inside;
  if (side === 'value') return [[...before, ...after].sort((a, b) => b.total - a.total)[0]].filter((group) => group !== undefined);
  return sizeOf(before) > sizeOf(after) ? before : after;
}

function sizeOf(groups: readonly FeedbackGroup[]): number {
  return groups.reduce((total, group) => total + group.total, 0);
}

/** A setting of the form takes the value that most of the better samples had. */
function ofSetting(fields: readonly GeneratorParameter[], { source, name, outcome }: Contrast, better: readonly FeedbackGroup[]): Record<string, string> | null {
  const field = fields.find((one) => one.name === name);
  const exact = better.filter(({ from, to, value }) => (field?.kind === 'number' ? from !== null && from === to : value !== null));
  const [best] = [...exact].sort((a, b) => (a.shares[outcome]?.share ?? 1) - (b.shares[outcome]?.share ?? 1));
  return source !== 'setting' || field === undefined || best === undefined ? null : { [name]: String(best.value ?? best.from) };
}

/** A drawn value lies between two fields of the form, as aspect between aspectMinimum and aspectMaximum, areaShare between areaMinimum and areaMaximum. */
function ofDrawn(fields: readonly GeneratorParameter[], name: string, better: readonly FeedbackGroup[]): Record<string, string> | null {
  const stem = name.replace(/Share$/, '');
  const pair = [`${stem}Minimum`, `${stem}Maximum`] as const;
  const [from, to] = [better[0]?.from ?? null, better.at(-1)?.to ?? null];
  if (from === null || to === null || !pair.every((field) => fields.some((one) => one.name === field))) return null;
  return Object.fromEntries(pair.map((field, i) => [field, within(fields.find((one) => one.name === field)!, i === 0 ? from : to)]));
}

/** Three digits are enough to make the like again; a field takes what lies in its range. */
function within(field: GeneratorParameter, value: number): string {
  const rounded = Number(value.toPrecision(3));
  return String(field.kind === 'number' ? Math.min(field.maximum, Math.max(field.minimum, rounded)) : rounded);
}
