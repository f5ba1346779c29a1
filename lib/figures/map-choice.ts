import { mapParametersSchema, type MapMethod, type StartProjection } from '@/lib/api/contracts/runs';

export type MapField = { readonly key: 'perplexity' | 'learningRate' | 'neighbours' | 'minimalDistance'; readonly label: string; readonly hint: string };

const learningRate = (rule: string): MapField => ({ key: 'learningRate', label: 'Learning rate', hint: `Empty: ${rule}.` });

/** What a person can set of each method. */
export const mapFields: Readonly<Record<MapMethod, readonly MapField[]>> = {
  't-SNE': [{ key: 'perplexity', label: 'Perplexity', hint: 'About how many neighbours count, 2 to 200.' }, learningRate('a 48th of the samples, at least 50')],
  UMAP: [{ key: 'neighbours', label: 'Neighbours', hint: 'Few show detail, many the whole; 2 to 200.' }, { key: 'minimalDistance', label: 'Least distance', hint: 'How close samples may lie, 0 to 2.' }, learningRate('1')],
  PCA: [],
};

/** What the dialog of a new map holds, as typed. */
export type MapChoiceText = { readonly method: MapMethod; readonly seed: string } & Readonly<Record<MapField['key'], string>>;

export const mapChoiceAtFirst: MapChoiceText = { method: 't-SNE', seed: '0', perplexity: '30', learningRate: '', neighbours: '15', minimalDistance: '0.1' };

export type ChosenMap = { readonly start: Omit<StartProjection, 'projectId' | 'featureSetId'> | null; /** By field; empty when all can be used. */ readonly problems: Readonly<Partial<Record<MapField['key'] | 'seed', string>>> };

const ranges: Readonly<Record<MapField['key'], string>> = {
  perplexity: 'A number from 2 to 200.',
  learningRate: 'A number above 0, or nothing.',
  neighbours: 'A whole number from 2 to 200.',
  minimalDistance: 'A number from 0 to 2.',
};

/** What the text means; other methods' fields are not looked at. */
export function chosenMap(text: MapChoiceText): ChosenMap {
  const problems: Record<string, string> = {};
  const parameters: Partial<Record<MapField['key'], number | null>> = {};
  for (const { key } of mapFields[text.method]) {
    const typed = text[key].trim();
    const value = typed === '' && key === 'learningRate' ? null : typed === '' ? Number.NaN : Number(typed);
    if (mapParametersSchema.shape[key].safeParse(value).success) parameters[key] = value;
    else problems[key] = ranges[key];
  }
  const seed = Number(text.seed);
  if (text.seed.trim() === '' || !Number.isInteger(seed) || seed < 0 || seed > 2_147_483_647) problems['seed'] = 'A whole number from 0 on.';
  if (Object.keys(problems).length > 0) return { start: null, problems };
  return { start: { method: text.method, seed, ...(parameters as Partial<Pick<StartProjection, MapField['key']>>) }, problems };
}
