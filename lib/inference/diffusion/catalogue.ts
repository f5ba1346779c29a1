/** A public diffusion network that serves DiffStyle once it is exported. */
export type DiffusionCatalogueEntry = {
  readonly name: string;
  readonly source: string;
  /** The checkpoint in the source's list of downloads. */
  readonly checkpoint: string;
  readonly licence: string;
  readonly parameters: number;
  /** Pixels of a side. */
  readonly edge: number;
  /** Of the innermost activation, one image. */
  readonly activation: readonly number[];
};

/** Public networks without an ONNX file: each is exported by the recipe of docs/diffstyle.md, under the contract of `contract.ts`. */
export const diffusionCatalogue: readonly DiffusionCatalogueEntry[] = [
  {
    name: 'ImageNet 256 (unconditional)',
    source: 'github.com/openai/guided-diffusion',
    checkpoint: '256x256_diffusion_uncond.pt',
    licence: 'MIT',
    parameters: 552_000_000,
    edge: 256,
    activation: [1024, 8, 8],
  },
];

/** "ImageNet 256 (unconditional): 256 x 256 px, 552 M weights, MIT, 256x256_diffusion_uncond.pt of github.com/openai/guided-diffusion". */
export function describeCatalogued({ name, source, checkpoint, licence, parameters, edge }: DiffusionCatalogueEntry): string {
  return `${name}: ${edge} x ${edge} px, ${Math.round(parameters / 1e6)} M weights, ${licence}, ${checkpoint} of ${source}`;
}
