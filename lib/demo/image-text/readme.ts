import { embeddedScattering } from '@/lib/inference/scattering/config';
import { attributeNames } from './attributes';
import type { FittedPair } from './fit';

/** README.md of the pair's folder. */
export function readme({ names, vocabulary }: FittedPair): string {
  const products = names.length - attributeNames([]).length - 1;
  const side = embeddedScattering.size;
  return `# Demonstration image-text pair

**DEMONSTRATION MODEL.** It shows how the selection of prompts works without any network. It knows ${products} drawn products and about
a hundred English words; it knows nothing of real photographs. Do not judge real parts with it.

- Images: the embedded extractor (wavelet scattering) and a linear map. \`onnx/vision_model.onnx\`: \`pixel_values\` (N, 3, ${side}, ${side}) float32, RGB in [0, 1],
  to \`image_embeds\` (N, ${names.length}).
- Texts: word pieces (${vocabulary.length} tokens, \`tokenizer.json\`) and one row of a table for each. \`onnx/text_model.onnx\`: \`input_ids\` and \`attention_mask\` (N, L) int64 to
  \`text_embeds\` (N, ${names.length}).
- Embeddings are not of unit length; compare cosines. The logit scale is exp(\`logit_scale_init_value\`) of \`config.json\`.

Both maps are ridge regressions, solved in closed form, on what is true of procedural photographs and said of them in captions. The places of an embedding stand for:
${names.join(', ')}.

Made by \`npm run bench -- image-text-pair --write public/models/demo-pair\`; the same machine writes the same bytes. How, and how good it is on products that it
did not see: \`docs/methods/image-text-pair.md\`. Licence: Apache-2.0, as the project.
`;
}
