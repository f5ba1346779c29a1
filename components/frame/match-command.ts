/** How well one typed word fits one word of a name: all of it, its beginning, somewhere within it (from three letters on), or not. */
function fit(typed: string, word: string): number {
  if (word === typed) return 1;
  if (word.startsWith(typed)) return 0.8;
  return typed.length >= 3 && word.includes(typed) ? 0.2 : 0;
}

const wordsOf = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/**
 * How well a command's name fits what is typed, 0 (not found) to 1. Every typed word has to fit a word of the name; letters
 * scattered over a name find nothing. Beginnings of words go before what lies within them, first words before later ones.
 */
export function matchCommand(name: string, search: string): number {
  const typed = wordsOf(search);
  if (typed.length === 0) return 1;
  const words = wordsOf(name);
  let sum = 0;
  for (const one of typed) {
    const best = words.reduce((most, word, at) => Math.max(most, fit(one, word) / (1 + at / 20)), 0);
    if (best === 0) return 0;
    sum += best;
  }
  return sum / typed.length;
}
