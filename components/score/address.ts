export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The query part of an address, as Next hands it to a page, back as text. */
export function addressOf(searchParams: SearchParams): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(searchParams)) {
    for (const one of [value ?? []].flat()) params.append(key, one);
  }
  return params.toString();
}
