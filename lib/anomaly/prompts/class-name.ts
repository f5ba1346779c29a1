/** Acronyms of inspected parts, written out. */
const acronyms: Readonly<Record<string, string>> = {
  pcb: 'printed circuit board',
  ic: 'integrated circuit',
  led: 'light emitting diode',
  lcd: 'liquid crystal display',
  smd: 'surface mounted device',
};

/**
 * The name of an object as a prompt should say it (SWSA paper, appendix A): trailing digits off and acronyms written out, so that
 * "PCB1" becomes "printed circuit board". Underscores and hyphens, which folders have in place of spaces, become spaces. A name
 * that is nothing but digits stays as it is.
 * @param more further acronyms, lower case, in place of or beside those known
 */
export function cleanClassName(name: string, more: Readonly<Record<string, string>> = {}): string {
  const spaced = name.replaceAll(/[_-]+/g, ' ').replaceAll(/\s+/g, ' ').trim();
  const bare = spaced.replace(/[\s\d]+$/, '');
  const known = { ...acronyms, ...more };
  const written = (word: string) => (Object.hasOwn(known, word.toLowerCase()) ? known[word.toLowerCase()]! : word);
  return bare === '' ? spaced : bare.split(' ').map(written).join(' ');
}
