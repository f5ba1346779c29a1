import type { PromptPool } from '../prompt-pair';

/** SWSA paper, appendix A: CUB, to the letter. */
export const swsaCub: PromptPool = {
  id: 'swsa-cub',
  name: 'SWSA, birds (CUB)',
  source: 'SWSA paper, appendix A: CUB',
  pairs: [
    { normal: 'a photo of a {} bird', anomalous: 'a photo of some bird' },
    { normal: 'a cropped photo of a {} bird', anomalous: 'a cropped photo of some bird' },
    { normal: 'a dark photo of a {} bird', anomalous: 'a dark photo of some bird' },
    { normal: 'a photo of a {} bird for inspection', anomalous: 'a photo of some bird for inspection' },
    { normal: 'a photo of a {} bird for viewing', anomalous: 'a photo of some bird for viewing' },
    { normal: 'a bright photo of a {} bird', anomalous: 'a bright photo of some bird' },
    { normal: 'a close-up photo of a {} bird', anomalous: 'a close-up photo of some bird' },
    { normal: 'a blurry photo of a {} bird', anomalous: 'a blurry photo of some bird' },
    { normal: 'a photo of a small {} bird', anomalous: 'a photo of a small some bird' },
    { normal: 'a photo of a large {} bird', anomalous: 'a photo of a large some bird' },
  ],
};
