import { NumericsError } from '@/lib/anomaly/errors';
import type { Generator } from './generator';
import { copy } from './generators/copy';
import { cutMix } from './generators/cutmix';
import { cutPaste } from './generators/cutpaste';
import { cutPasteScar } from './generators/cutpaste-scar';
import { draem } from './generators/draem';
import { elastic } from './generators/elastic';

const all: readonly Generator[] = [cutPaste, cutPasteScar, cutMix, draem, elastic, copy];

/** The generators that need no network, in the order in which they are shown. DiffStyle stands apart (diffstyle/). */
export const generators: readonly Generator[] = all;

/** @throws NumericsError `parameter.invalid` for a name that no generator has */
export function generatorOf(id: string): Generator {
  const found = all.find((generator) => generator.id === id);
  if (found !== undefined) return found;
  throw new NumericsError('parameter.invalid', `There is no generator named "${id}". There are ${all.map((generator) => generator.id).join(', ')}.`);
}
