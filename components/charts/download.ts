/** The bytes of a data address ("data:image/png;base64,..."), without a request: the page's policy allows none to data. */
export function blobOfDataAddress(address: string): Blob {
  const match = /^data:([^;,]*)([^,]*),(.*)$/s.exec(address);
  if (match === null) throw new Error('The picture could not be read.');
  const [, type = '', options = '', body = ''] = match;
  if (!options.includes(';base64')) return new Blob([decodeURIComponent(body)], { type });
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type });
}

/** Saves bytes as a file of the person's machine. */
export function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
