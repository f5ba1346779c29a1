import { eap27 } from './pools/eap-27';
import { swsaCub } from './pools/swsa-cub';
import { swsaFlowers } from './pools/swsa-flowers';
import { swsaMvtecVisa } from './pools/swsa-mvtec-visa';
import type { PromptPool } from './prompt-pair';

/** The pools of the papers, in the order in which they are offered. */
export const promptPools: readonly PromptPool[] = [eap27, swsaMvtecVisa, swsaCub, swsaFlowers];

/** The pool of that id; undefined when there is none. */
export function promptPool(id: string): PromptPool | undefined {
  return promptPools.find((pool) => pool.id === id);
}
