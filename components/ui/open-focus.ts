/**
 * Where the focus goes when a dialog opens: its first text field, else the dialog itself. Not a button with an
 * icon only: that one would show its tooltip, and the first Escape would close only the tooltip.
 */
export function focusOnOpen(event: Event): void {
  const { currentTarget: dialog } = event;
  if (!(dialog instanceof HTMLElement)) return;
  event.preventDefault();
  const field = dialog.querySelector<HTMLElement>('input:not([type=radio]):not([type=checkbox]):not([type=hidden]):not(:disabled), textarea:not(:disabled)');
  // A field inside a closed fold cannot be seen.
  (field?.checkVisibility() === true ? field : dialog).focus();
}

/** A drawer accompanies work and is read first: the focus goes to the drawer itself, not to a field in it. */
export function focusItself(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
