/** One decision, or the undo of one, with what it was taken on and with. */
export type DecisionRow = {
  readonly id: string;
  readonly createdAt: Date;
  readonly userId: string;
  /** Null: without an account any more. */
  readonly userName: string | null;
  readonly sampleId: string;
  /** Null of a sample that was deleted before notes of deleted ones were kept. */
  readonly folder: string | null;
  readonly fileName: string | null;
  readonly role: string | null;
  readonly deleted: boolean;
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly version: number;
  readonly groupId: string | null;
  readonly undoesDecisionId: string | null;
  readonly takenBackAt: Date | null;
  readonly takenBackBy: string | null;
  readonly runId: string | null;
  readonly evaluator: string | null;
  readonly preset: string | null;
  readonly seed: number | null;
};
