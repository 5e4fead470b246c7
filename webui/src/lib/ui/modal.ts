/**
 * Opens a dialog over the page, to be attached to it. The browser keeps the focus inside; at the end it goes back to where
 * it was, which the browser itself forgets when the dialog is taken out of the page.
 */
export function modal(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  dialog.showModal();
  return () => {
    dialog.close();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
