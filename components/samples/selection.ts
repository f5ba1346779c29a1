/** Which samples are selected: some by id, or all that match the filter but some. */
export type Selection = { readonly mode: 'some'; readonly ids: ReadonlySet<string> } | { readonly mode: 'all' };

export const nothing: Selection = { mode: 'some', ids: new Set() };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.mode === 'all' || selection.ids.has(id);
}

/** How many samples are selected, of `total` that match. */
export function selectedCount(selection: Selection, total: number): number {
  return selection.mode === 'all' ? total : selection.ids.size;
}

/** What a click on a sample selects. `shown` are the ids in the order of the screen, `anchor` the last one clicked alone. */
export function clicked(selection: Selection, id: string, how: { range: boolean; add: boolean }, shown: readonly string[], anchor: string | null): Selection {
  if (how.range && anchor !== null) {
    const [from, to] = [shown.indexOf(anchor), shown.indexOf(id)].sort((a, b) => a - b);
    if (from !== undefined && to !== undefined && from >= 0) {
      const range = shown.slice(from, to + 1);
      const before = how.add ? idsOf(selection, shown) : [];
      return { mode: 'some', ids: new Set([...before, ...range]) };
    }
  }
  if (!how.add) return { mode: 'some', ids: new Set([id]) };
  const ids = new Set(idsOf(selection, shown));
  if (!ids.delete(id)) ids.add(id);
  return { mode: 'some', ids };
}

/** Taking one sample out of "all" leaves the others that are on the screen. */
function idsOf(selection: Selection, shown: readonly string[]): Iterable<string> {
  return selection.mode === 'all' ? shown : selection.ids;
}
