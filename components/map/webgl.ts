/** Whether this browser can draw with WebGL now; remote desktops and blocked drivers often cannot. */
export function hasWebGl(): boolean {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

/** As many points as SVG carries before the page drags. */
export const svgLimit = 20_000;
