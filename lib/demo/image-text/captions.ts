import { mixSeed, seededRandom, type SeededRandom } from '../raster/seeded-random';
import { conditionOf } from './attributes';
import type { PhotoKind, TakePlan } from './takes';

/** How a caption speaks of a part: words before and after its name. */
type Phrase = readonly [before: string, after: string];

const sound: readonly Phrase[] = [
  ['', ''], ['flawless', ''], ['perfect', ''], ['unblemished', ''], ['intact', ''], ['undamaged', ''],
  ['', 'without flaw'], ['', 'without defect'], ['', 'without damage'], ['', 'in good condition'],
];
const usual: readonly Phrase[] = [['normal', ''], ['', ''], ['ordinary', '']];
const unusual: readonly Phrase[] = [['anomalous', ''], ['unusual', ''], ['strange', '']];
const defective: readonly Phrase[] = [['', 'with defect'], ['defective', ''], ['faulty', '']];
const marked: readonly Phrase[] = [['', 'with flaw'], ['flawed', ''], ['blemished', ''], ['imperfect', '']];
const damaged: readonly Phrase[] = [['damaged', ''], ['broken', ''], ['', 'with damage'], ['ruptured', '']];
const contaminated: readonly Phrase[] = [['contaminated', ''], ['dirty', ''], ['stained', '']];

const contaminations: ReadonlySet<string> = new Set(['stain', 'contamination', 'rust']);
const purposes = ['', '', '', 'for inspection', 'for viewing', 'for visual inspection', 'for anomaly detection'];
const sizes: ReadonlySet<PhotoKind> = new Set<PhotoKind>(['small', 'large']);

/** Share of the captions of defects that only say that something is out of the ordinary. */
const VAGUE = 0.1;

/** What may truly be said of the part's condition. */
function phrasesOf({ defect, oddity }: TakePlan, random: SeededRandom): readonly (readonly Phrase[])[] {
  if (oddity === 'odd') return [unusual, sound];
  if (defect === undefined) return [sound, sound, usual];
  if (random.unit() < VAGUE) return [unusual];
  const own: readonly Phrase[] = [['', `with ${defect.replaceAll('_', ' ')}`], ['', `with a ${defect.replaceAll('_', ' ')}`]];
  const kind = conditionOf(defect) === 'marked' ? marked : damaged;
  return [kind, kind, defective, contaminations.has(defect) ? contaminated : own];
}

const spaced = (words: readonly string[]): string => words.filter((word) => word !== '').join(' ');

/** The article that English wants before the words. */
const withArticle = (words: string): string => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;

function ruinedCaption(random: SeededRandom): string {
  const what = random.pick(['something', 'something', 'some object', 'some thing', 'nothing known']);
  return random.unit() < 0.25 ? what : spaced(['a photo of', what, random.pick(purposes)]);
}

/** One thing that may truly be said of a photograph, in the words of prompt pools. */
function caption(take: TakePlan, random: SeededRandom): string {
  if (take.oddity === 'ruined') return ruinedCaption(random);
  const [before, after] = random.pick(random.pick(phrasesOf(take, random)));
  const { photo } = take;
  const size = photo !== undefined && sizes.has(photo) ? photo : '';
  const part = spaced([size, before, take.product.objectName]);
  if (photo === undefined && random.unit() < 0.25) return spaced([part, after]);
  const view = size === '' ? (photo ?? '') : '';
  return spaced([withArticle(spaced([view, 'photo'])), 'of', withArticle(part), after, random.pick(purposes)]);
}

/** Captions of a photograph; the same at every call. */
export function captionsOf(take: TakePlan, count: number): string[] {
  const random = seededRandom(mixSeed(take.seed, 'caption'));
  return Array.from({ length: count }, () => caption(take, random));
}
