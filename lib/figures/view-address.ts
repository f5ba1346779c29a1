/** Parameters that are about where one stands, not about what is shown: no part of a rule. */
const passing = ['sample', 'queue', 'set', 'problems', 'new'];

/** The rule in an address: its query without the sample that is looked at and the like, in a fixed order. */
export function ruleOfAddress(search: string): string {
  const params = new URLSearchParams(search);
  for (const key of passing) params.delete(key);
  params.sort();
  return params.toString();
}
