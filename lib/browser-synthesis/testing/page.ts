import type { MadeAnomaly, PlannedAnomaly, PreviewPicture } from '../messages';
import { openSynthesis } from '../open-worker';

/** Pixels and numbers as they pass from page to test. */
export type SeenPreview = { readonly rgb: number[]; readonly width: number; readonly height: number; readonly outlined: boolean; readonly changed: number; readonly drawn: Record<string, number | string> };
export type SeenFiles = { readonly png: string; readonly sha256: string; readonly mask: string | null; readonly maskSha256: string | null; readonly thumbnail: string };

let worker: ReturnType<typeof openSynthesis> | undefined;

function pixels(picture: ImageBitmap): number[] {
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  return Array.from(data).filter((_, at) => at % 4 < 3);
}

async function base64(blob: Blob): Promise<string> {
  let text = '';
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}

/** What tests call in the browser. */
export const inPage = {
  async preview(planned: PlannedAnomaly, side: number): Promise<SeenPreview> {
    worker ??= openSynthesis();
    const { picture, outline, width, height, changed, drawn } = (await worker.call({ kind: 'preview', side, ...planned })) as PreviewPicture;
    if (outline !== null && (outline.width !== picture.width || outline.height !== picture.height)) throw new Error('The outline has another size than the picture.');
    return { rgb: pixels(picture), width, height, outlined: outline !== null, changed, drawn: { ...drawn } };
  },
  async make(planned: PlannedAnomaly): Promise<SeenFiles> {
    worker ??= openSynthesis();
    const { png, sha256, mask, thumbnail } = (await worker.call({ kind: 'make', ...planned })) as MadeAnomaly;
    return { png: await base64(png), sha256, mask: mask === null ? null : await base64(mask.mask), maskSha256: mask?.sha256 ?? null, thumbnail: await base64(thumbnail) };
  },
  async failure(planned: PlannedAnomaly): Promise<string> {
    worker ??= openSynthesis();
    return worker.call({ kind: 'make', ...planned }).then(() => 'none', (error: { code?: string }) => error.code ?? String(error));
  },
};
export type SynthesisInPage = typeof inPage;

(globalThis as unknown as { assay: SynthesisInPage }).assay = inPage;
