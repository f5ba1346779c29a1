import type { PromptPool } from '../prompt-pair';

/** SWSA paper, appendix A: MVTec-AD and VisA, to the letter. */
export const swsaMvtecVisa: PromptPool = {
  id: 'swsa-mvtec-visa',
  name: 'SWSA, MVTec AD and VisA',
  source: 'SWSA paper, appendix A: MVTec-AD and VisA',
  pairs: [
    { normal: 'a photo of a {}', anomalous: 'a photo of a {} with defect' },
    { normal: 'a cropped photo of a {}', anomalous: 'a cropped photo of a {} with defect' },
    { normal: 'a dark photo of a {}', anomalous: 'a dark photo of a {} with defect' },
    { normal: 'a photo of a {} for inspection', anomalous: 'a photo of a {} with defect for inspection' },
    { normal: 'a photo of a {} for viewing', anomalous: 'a photo of a {} with defect for viewing' },
    { normal: 'a bright photo of a {}', anomalous: 'a bright photo of a {} with defect' },
    { normal: 'a close-up photo of a {}', anomalous: 'a close-up photo of a {} with defect' },
    { normal: 'a blurry photo of a {}', anomalous: 'a blurry photo of {} with defect' },
    { normal: 'a photo of a small {}', anomalous: 'a photo of a small {} with defect' },
    { normal: 'a photo of a large {}', anomalous: 'a photo of a large {} with defect' },
  ],
};
