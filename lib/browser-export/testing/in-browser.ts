import type { Page } from '@playwright/test';
import type { ExportListing } from '@/lib/api/contracts/export-manifest';
import type { PageScripts } from '@/lib/inference/web/testing/browser';
import type { ZipProgress } from '../write-export-zip';
import type { WrittenZip } from '../zip-messages';
import type { InPage } from './page';

/** What `openBrowser` has to serve. */
export const scripts: PageScripts = { page: 'lib/browser-export/testing/page.ts', workers: ['lib/browser-export/zip-worker.ts'] };

/** Puts the images and masks of a listing into the browser. @param bytes by path in the zip */
export async function keepAll(page: Page, projectId: string, { files }: ExportListing, bytes: ReadonlyMap<string, Buffer>): Promise<void> {
  const base64 = (path: string | undefined) => (path === undefined ? null : (bytes.get(path)?.toString('base64') ?? null));
  for (const { sampleId, path, mask } of files) {
    await page.evaluate(async ([project, sample, image, maskImage]) => {
      const { assay } = globalThis as unknown as { assay: InPage };
      const blobOf = (text: string) => new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]);
      if (image !== null) await assay.keepImage(project, sample, { original: blobOf(image), thumbnail: new Blob(['t']), view: null });
      if (maskImage !== null) await assay.keepMask(project, sample, blobOf(maskImage));
    }, [projectId, sampleId, base64(path), base64(mask?.path)] as const);
  }
}

export type Outcome = { written?: WrittenZip; error?: { code: string; message: string; hint: string | undefined }; progress: ZipProgress[] };

/** Writes a zip in the page. @param cancelAt cancels when so many samples are written */
export function writeZip(page: Page, projectId: string, listing: ExportListing, cancelAt?: number): Promise<Outcome> {
  return page.evaluate(async ([project, what, at]): Promise<Outcome> => {
    const { assay } = globalThis as unknown as { assay: InPage };
    const cancel = new AbortController();
    const progress: ZipProgress[] = [];
    const onProgress = (now: ZipProgress) => {
      progress.push(now);
      if (now.step === 'writing' && now.done === at) cancel.abort();
    };
    try {
      return { written: await assay.writeExportZip(project, what, { signal: cancel.signal, onProgress }), progress };
    } catch (error) {
      const { code, message, hint } = error as { code: string; message: string; hint: string | undefined };
      return { error: { code, message, hint }, progress };
    }
  }, [projectId, listing, cancelAt] as const);
}

/** The kept zip of an export. */
export async function bytesOfKeptZip(page: Page, projectId: string, exportId: string): Promise<Buffer> {
  const url = await page.evaluate(async ([project, id]) => {
    const { assay } = globalThis as unknown as { assay: InPage };
    const zip = await assay.keptZip({ projectId: project, exportId: id });
    if (zip === null) throw new Error('no zip is kept');
    const reader = new FileReader();
    return new Promise<string>((resolve, reject) => {
      reader.onload = () => resolve(reader.result as string);
      reader.onerror = () => reject(new Error('the zip cannot be read'));
      reader.readAsDataURL(zip.file);
    });
  }, [projectId, exportId] as const);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
