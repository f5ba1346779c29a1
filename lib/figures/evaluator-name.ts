import { evaluatorNames } from '@/lib/anomaly/evaluators/names';

/** Name as printed; an id that is not (or no longer) known, such as "EAP_0.05", stands for itself. */
export function evaluatorName(id: string): string {
  return Object.hasOwn(evaluatorNames, id) ? evaluatorNames[id as keyof typeof evaluatorNames] : id;
}
