/** The field of the commands, the same before and after their list has come. */
export const palettePlaceholder = 'Go to, start, switch';
export const paletteInput = 'h-11 w-full border-b border-line bg-transparent px-4 text-lead outline-none';
