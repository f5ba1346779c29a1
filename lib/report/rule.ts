import type { ExportRule } from '@/lib/api/contracts/exports';
import { ruleWords } from '@/lib/figures/rule-words';

/** The rule of an export in words, as within a sentence: "accepted auxiliary samples". */
export function ruleInWords(rule: ExportRule): string {
  const words = ruleWords(rule);
  return words.charAt(0).toLowerCase() + words.slice(1);
}
