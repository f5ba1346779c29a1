/** Most samples that an action can be told one by one: so many ids fit into its body. */
export const idsPerAction = 5_000;
