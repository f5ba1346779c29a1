/** Every evaluator's name as printed in tables and legends, by its id: what pages need that only name evaluators. */
export const evaluatorNames = {
  EAP: 'EAP',
  LOO: 'LOO',
  KNNSHAP: 'KNNSHAP',
  DATABANZHAF: 'DATABANZHAF',
  AME: 'AME',
  INF: 'INF',
  DATAOOB: 'DATAOOB',
  LAVA: 'LAVA',
  RANDOMEV: 'RANDOMEV',
  RARITY: 'RARITY',
  P_X: 'P_x',
  P_YX: 'P_y|x',
  P_YX_NPX: 'P_y|x+NP_x',
  CAP: 'CAP',
} as const;
