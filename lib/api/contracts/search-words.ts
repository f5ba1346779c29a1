/** The words of a search, each once. */
export function searchWords(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter((word) => word !== ''))];
}

/** Whether a text holds every word of a search, in any case. */
export function holdsWords(text: string, search: string): boolean {
  const lower = text.toLowerCase();
  return searchWords(search).every((word) => lower.includes(word.toLowerCase()));
}
