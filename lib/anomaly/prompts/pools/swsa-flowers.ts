import type { PromptPool } from '../prompt-pair';

/** SWSA paper, appendix A: Flowers, to the letter. */
export const swsaFlowers: PromptPool = {
  id: 'swsa-flowers',
  name: 'SWSA, flowers',
  source: 'SWSA paper, appendix A: Flowers',
  pairs: [
    { normal: 'a photo of a {} flower', anomalous: 'a photo of some flower' },
    { normal: 'a cropped photo of a {} flower', anomalous: 'a cropped photo of some flower' },
    { normal: 'a dark photo of a {} flower', anomalous: 'a dark photo of some flower' },
    { normal: 'a photo of a {} flower for inspection', anomalous: 'a photo of some flower for inspection' },
    { normal: 'a photo of a {} flower for viewing', anomalous: 'a photo of some flower for viewing' },
    { normal: 'a bright photo of a {} flower', anomalous: 'a bright photo of some flower' },
    { normal: 'a close-up photo of a {} flower', anomalous: 'a close-up photo of some flower' },
    { normal: 'a blurry photo of a {} flower', anomalous: 'a blurry photo of some flower' },
    { normal: 'a photo of a small {} flower', anomalous: 'a photo of a small some flower' },
    { normal: 'a photo of a large {} flower', anomalous: 'a photo of a large some flower' },
  ],
};
