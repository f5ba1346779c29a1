import type { z } from 'zod';
import { catalogueEntrySchema, type CatalogueEntry, type evidences } from '@/lib/api/contracts/models';

type Given = z.input<typeof catalogueEntrySchema>;
type Sizes = Partial<Record<'fp32' | 'fp16' | 'int8', number>>;

/** Files named as Transformers.js expects them: stem.onnx, stem_fp16.onnx, stem_quantized.onnx. */
function usualFiles(stem: string, sizes: Sizes, known: (typeof evidences)[number] = 'seen'): NonNullable<Given['hub']>['files'] {
  const ending = { fp32: '', fp16: '_fp16', int8: '_quantized' } as const;
  return Object.fromEntries(Object.entries(sizes).map(([precision, megabytes]) => [precision, { path: `${stem}${ending[precision as keyof Sizes]}.onnx`, megabytes, known }]));
}

function resnet(depth: number, count: number, dim: number, sizes: Sizes): Given {
  return {
    id: `resnet-${depth}`,
    name: `ResNet-${depth}`,
    note: depth <= 50 ? 'Convolutional, trained on ImageNet. A fast standard.' : 'Convolutional, trained on ImageNet. Deeper and slower.',
    hub: { repo: `Xenova/resnet-${depth}`, known: 'seen', files: usualFiles('onnx/model', sizes) },
    licence: { name: 'Apache-2.0', known: 'published' },
    parameters: { count, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'penultimate (mean over the last map)', dim, known: 'published' },
  };
}

const given: Given[] = [
  resnet(18, 11_689_512, 512, { fp32: 46.8, fp16: 23.4, int8: 11.8 }),
  resnet(34, 21_797_672, 512, { fp32: 87.2, fp16: 43.6, int8: 21.9 }),
  resnet(50, 25_557_032, 2048, { fp32: 102, fp16: 51.1, int8: 25.8 }),
  resnet(101, 44_549_160, 2048, { fp32: 178, fp16: 89.1, int8: 45 }),
  resnet(152, 60_192_808, 2048, { fp32: 241, fp16: 120, int8: 60.9 }),
  {
    id: 'vit-b-16',
    name: 'ViT-B/16',
    note: 'Vision transformer, trained on ImageNet-21k, without a classifier.',
    hub: { repo: 'Xenova/vit-base-patch16-224-in21k', known: 'seen', files: usualFiles('onnx/model', { fp32: 343, fp16: 172, int8: 87.5 }) },
    licence: { name: 'Apache-2.0', known: 'published' },
    parameters: { count: 86_000_000, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'class token', dim: 768, known: 'published' },
  },
  {
    id: 'vit-b-32',
    name: 'ViT-B/32',
    note: 'Vision transformer with large patches, a third of the time of ViT-B/16. From the ONNX model zoo, exported from timm.',
    hub: {
      repo: 'onnxmodelzoo/vit_base_patch32_224_Opset18',
      known: 'seen',
      files: { fp32: { path: 'vit_base_patch32_224_Opset18.onnx', megabytes: 353, known: 'assumed' } },
    },
    licence: { name: 'Apache-2.0', known: 'seen' },
    parameters: { count: 88_200_000, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'penultimate (class token)', dim: 768, known: 'assumed' },
    preprocessing: { preset: 'timm-vit', known: 'published' },
  },
  {
    id: 'vit-l-16',
    name: 'ViT-L/16',
    note: 'Large vision transformer, trained on ImageNet-21k. The ONNX file lies in a proposed change of the repository, pinned by its commit.',
    hub: {
      repo: 'google/vit-large-patch16-224-in21k',
      revision: 'b9d27be1c1024c217b323792a54f15658e88b3e5',
      known: 'seen',
      files: { fp32: { path: 'onnx/model.onnx', megabytes: 1210, known: 'seen' } },
    },
    licence: { name: 'Apache-2.0', known: 'seen' },
    parameters: { count: 304_000_000, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'class token', dim: 1024, known: 'published' },
  },
  {
    id: 'vit-l-32',
    name: 'ViT-L/32',
    note: 'Large vision transformer with large patches. No public ONNX file is known: export the weights (1.23 GB) with Optimum and add the folder, as docs/model-library.md says.',
    hub: null,
    exportFrom: 'google/vit-large-patch32-384',
    licence: { name: 'Apache-2.0', known: 'published' },
    parameters: { count: 306_000_000, known: 'published' },
    input: { edge: 384, known: 'published' },
    output: { pooling: 'class token', dim: 1024, known: 'published' },
  },
  {
    id: 'vit-h-14',
    name: 'ViT-H/14 (OpenCLIP)',
    note: 'Huge image tower of CLIP, trained on LAION-2B. Its weights lie in files beside the ONNX file.',
    hub: {
      repo: 'immich-app/ViT-H-14__laion2b-s32b-b79k',
      known: 'seen',
      files: { fp32: { path: 'visual/model.onnx', megabytes: 2530, known: 'assumed' } },
    },
    licence: { name: 'MIT', known: 'published' },
    parameters: { count: 632_000_000, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'image embedding', dim: 1024, known: 'published' },
  },
  {
    id: 'siglip-b-16',
    name: 'SigLIP B/16',
    note: 'Image tower of SigLIP: the extractor of the EAP paper. With its text tower it compares images with prompts.',
    hub: { repo: 'Xenova/siglip-base-patch16-224', known: 'seen', files: usualFiles('onnx/vision_model', { fp32: 372, fp16: 186, int8: 99.5 }), textFiles: usualFiles('onnx/text_model', { fp32: 441, fp16: 221, int8: 111 }, 'assumed') },
    licence: { name: 'Apache-2.0', known: 'published' },
    parameters: { count: 92_900_000, known: 'assumed' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'pooled output (attention)', dim: 768, known: 'published' },
  },
  {
    id: 'clip-vit-b-32',
    name: 'CLIP ViT-B/32',
    note: 'Image tower of CLIP. With its text tower it compares images with prompts.',
    hub: { repo: 'Xenova/clip-vit-base-patch32', known: 'seen', files: usualFiles('onnx/vision_model', { fp32: 352, fp16: 176, int8: 89.1 }), textFiles: usualFiles('onnx/text_model', { fp32: 254, fp16: 127, int8: 64.5 }, 'assumed') },
    licence: { name: 'MIT', known: 'published' },
    parameters: { count: 87_900_000, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'image embedding', dim: 512, known: 'published' },
  },
  {
    id: 'clip-vit-b-16',
    name: 'CLIP ViT-B/16',
    note: 'Image tower of CLIP with small patches. With its text tower it compares images with prompts.',
    hub: {
      repo: 'Xenova/clip-vit-base-patch16',
      known: 'seen',
      files: { ...usualFiles('onnx/vision_model', { fp32: 345, int8: 87 }, 'assumed'), fp16: { path: 'onnx/vision_model_fp16.onnx', megabytes: 173, known: 'seen' } },
      textFiles: usualFiles('onnx/text_model', { fp32: 254, fp16: 127, int8: 64.5 }, 'assumed'),
    },
    licence: { name: 'MIT', known: 'published' },
    parameters: { count: 86_200_000, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'image embedding', dim: 512, known: 'published' },
  },
  {
    id: 'clip-vit-b-16-plus-240',
    name: 'CLIP ViT-B/16+ 240',
    note: 'Image tower of OpenCLIP, trained on LAION-400M: the extractor of the SWSA paper.',
    hub: {
      repo: 'immich-app/ViT-B-16-plus-240__laion400m_e32',
      known: 'seen',
      files: { fp32: { path: 'visual/model.onnx', megabytes: 469, known: 'seen' } },
      textFiles: { fp32: { path: 'textual/model.onnx', megabytes: 364, known: 'assumed' } },
    },
    licence: { name: 'MIT', known: 'assumed' },
    parameters: { count: 117_200_000, known: 'published' },
    input: { edge: 240, known: 'published' },
    output: { pooling: 'image embedding', dim: 640, known: 'published' },
  },
  {
    id: 'dinov2-s',
    name: 'DINOv2 S/14',
    note: 'Small self-supervised transformer; its patches are good for heat maps.',
    hub: {
      repo: 'onnx-community/dinov2-small',
      known: 'seen',
      files: { ...usualFiles('onnx/model', { fp32: 88.5, fp16: 44.4 }), int8: { path: 'onnx/model_int8.onnx', megabytes: 24.4, known: 'seen' } },
    },
    licence: { name: 'Apache-2.0', known: 'published' },
    parameters: { count: 22_100_000, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'class token', dim: 384, known: 'published' },
  },
  {
    id: 'dinov2-b',
    name: 'DINOv2 B/14',
    note: 'Self-supervised transformer of the size of ViT-B.',
    hub: { repo: 'Xenova/dinov2-base', known: 'seen', files: usualFiles('onnx/model', { fp32: 347, fp16: 174, int8: 90 }, 'assumed') },
    licence: { name: 'Apache-2.0', known: 'published' },
    parameters: { count: 86_600_000, known: 'published' },
    input: { edge: 224, known: 'published' },
    output: { pooling: 'class token', dim: 768, known: 'published' },
  },
  {
    id: 'mobileclip-s0',
    name: 'MobileCLIP S0',
    note: 'Small and fast image tower by Apple, under a licence of its own: read it before use.',
    hub: { repo: 'Xenova/mobileclip_s0', known: 'seen', files: usualFiles('onnx/vision_model', { fp32: 46 }, 'assumed') },
    licence: { name: 'Apple (own terms, in the repository)', known: 'seen' },
    parameters: { count: 11_400_000, known: 'published' },
    input: { edge: 256, known: 'published' },
    output: { pooling: 'image embedding', dim: 512, known: 'published' },
  },
  {
    id: 'mobileclip-s2',
    name: 'MobileCLIP S2',
    note: 'Larger sibling of S0, under the same licence: read it before use.',
    hub: { repo: 'Xenova/mobileclip_s2', known: 'seen', files: usualFiles('onnx/vision_model', { fp32: 143 }) },
    licence: { name: 'Apple (own terms, in the repository)', known: 'seen' },
    parameters: { count: 35_700_000, known: 'published' },
    input: { edge: 256, known: 'published' },
    output: { pooling: 'image embedding', dim: 512, known: 'published' },
  },
];

/** Public networks that are known to serve, in the order in which they are shown. Nothing is downloaded by looking at it. */
export const catalogue: readonly CatalogueEntry[] = given.map((entry) => catalogueEntrySchema.parse(entry));

/** The entry of that id. */
export function catalogueEntry(id: string): CatalogueEntry | undefined {
  return catalogue.find((entry) => entry.id === id);
}
