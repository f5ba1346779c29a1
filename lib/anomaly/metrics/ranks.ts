/**
 * Ranks 1..n with the average rank for ties (EAP paper, Section 5). `direction` says which end gets rank 1.
 */
export function averageRanks(values: ArrayLike<number>, direction: 'higher_is_better' | 'lower_is_better'): Float64Array {
  const n = values.length;
  const sign = direction === 'lower_is_better' ? 1 : -1;
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => sign * (values[a]! - values[b]!));
  const ranks = new Float64Array(n);
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && values[order[end]!] === values[order[start]!]) end += 1;
    for (let i = start; i < end; i += 1) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
