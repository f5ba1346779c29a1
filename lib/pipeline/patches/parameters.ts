/** What decides the numbers of heat maps, beside the network and the seed. Part of the fingerprint of stored patches: any change makes new ones. */
export const heatMapParameters = {
  version: 1,
  /** Values of a patch after the random projection, at most. */
  columns: 128,
  /** As buildPatchMemory takes them; the patches are projected already. */
  memory: { share: 0.1, smallest: 200, largest: 4_000, candidates: 40_000, projected: 0, neighbours: 9 },
} as const;
