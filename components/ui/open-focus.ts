/**
 * Where the focus goes when a dialog opens: its first text field, else the dialog itself. Not its close button, which
 * comes first: that one would show its tooltip, and the first Escape would close only the tooltip.
 */
export function focusOnOpen(event: Event): void {
  const { currentTarget: dialog } = event;
  if (!(dialog instanceof HTMLElement)) return;
  event.preventDefault();
  const field = dialog.querySelector<HTMLElement>('input:not([type=radio]):not([type=checkbox]):not([type=hidden]):not(:disabled), textarea:not(:disabled)');
  // A field inside a closed fold cannot be seen.
  (field?.checkVisibility() === true ? field : dialog).focus();
}
