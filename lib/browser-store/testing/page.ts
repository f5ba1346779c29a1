import * as unpacking from '@/components/upload/unpack-zip';
import * as keeping from '@/lib/inference/web/decode/keep-image';
import * as service from '../image-service';
import * as images from '../private-images';

/** What tests call in the browser. */
export const inPage = { ...images, ...service, ...keeping, ...unpacking };
export type InPage = typeof inPage;

(globalThis as unknown as { assay: InPage }).assay = inPage;
