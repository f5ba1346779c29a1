/** What a confirmation offers to do about what it tells: "Undo". */
export type ConfirmationAction = { label: string; onAction: () => void };
/** Of two on one topic only the newer one stands: "taken back" takes the place of what was done. */
export type Confirmation = { id: number; message: string; action: ConfirmationAction | undefined; topic: string | undefined };
