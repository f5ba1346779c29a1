import { keepImage, keepMask, temporaryFile } from '@/lib/browser-store/private-images';
import { keptZip, removeExpiredZips } from '../kept-zips';
import { writeExportZip } from '../write-export-zip';

/** What tests call in the browser. */
export const inPage = { keepImage, keepMask, keptZip, removeExpiredZips, temporaryFile, writeExportZip };
export type InPage = typeof inPage;

(globalThis as unknown as { assay: InPage }).assay = inPage;
