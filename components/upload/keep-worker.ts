import { imageToKeep, maskToKeep, type ImageToKeep, type MaskToKeep } from '@/lib/inference/web/decode/keep-image';
import { answerCalls } from '@/lib/inference/web/worker-call';

export type KeepRequest = { readonly file: File; readonly as: 'image' | 'mask' };
export type KeepResult = ImageToKeep | MaskToKeep;

answerCalls<KeepRequest, KeepResult>(self as unknown as Worker, async ({ file, as }) => ({ result: as === 'mask' ? await maskToKeep(file) : await imageToKeep(file) }));
