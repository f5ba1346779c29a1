import { decodeInBrowser } from '../decode/decode-image';
import { openEngine } from '../engine';

/** What tests call in the browser. */
export const inPage = { decodeInBrowser, openEngine };
export type InPage = typeof inPage;

(globalThis as unknown as { assay: InPage }).assay = inPage;
