/** What a confirmation offers to do about what it tells: "Undo". */
export type ConfirmationAction = { label: string; onAction: () => void };
export type Confirmation = { id: number; message: string; action: ConfirmationAction | undefined };
