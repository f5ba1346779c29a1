/** Most samples that an action can be told one by one: so many ids fit into its body. */
export const idsPerAction = 5_000;

/** Most answers to items of a queue that are sent at once. */
export const answersAtOnce = 20;

/** An answer counts no longer than this: whoever went for lunch did not look at one sample for an hour. */
export const maxAnswerMs = 600_000;
