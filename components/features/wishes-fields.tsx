'use client';

import type { ActionInput } from '@/lib/api/contracts/actions';
import { presetNames } from '@/lib/api/contracts/models';
import { Field, InputField } from '../ui/field';
import { Select } from '../ui/select';

/** What a person types about a network; empty leaves it to its files. */
export type WishText = { name: string; licence: string; preset: '' | (typeof presetNames)[number]; edge: string; output: string };

export const noWishes: WishText = { name: '', licence: '', preset: '', edge: '', output: '' };

/** As the action wants it. The names of tensors may hold colons; only a pooling at the end is one. */
export function toWishes({ name, licence, preset, edge, output }: WishText): NonNullable<ActionInput<'addModel'>['wishes']> {
  const match = /^(.+):(none|cls|mean-tokens|mean-patches|mean-spatial|flatten)$/.exec(output.trim());
  return {
    name: name.trim() === '' ? null : name,
    licence: licence.trim() === '' ? null : licence,
    preprocessing: preset === '' ? null : { preset, edge: edge === '' ? null : Number(edge) },
    output: output.trim() === '' ? null : { name: match?.[1] ?? output.trim(), pooling: match?.[2] ?? null },
  };
}

const presetLabels: Record<(typeof presetNames)[number], string> = {
  imagenet: 'ImageNet: shorter side 256, centre 224, bilinear',
  clip: 'CLIP: shorter side, centre, bicubic',
  vit: 'ViT: stretched, bilinear, mean 0.5',
  'timm-vit': 'ViT of timm: centre of 90 %, bicubic, mean 0.5',
  siglip: 'SigLIP: stretched, bicubic, mean 0.5',
  dino: 'DINOv2: shorter side 256, centre 224, bicubic',
  plain: 'Plain: centre, values from 0 to 1',
};

/** Fields for what the files of a network do not say, folded away: mostly they say it. */
export function WishesFields({ value, onChange }: { value: WishText; onChange: (value: WishText) => void }) {
  const set = (change: Partial<WishText>) => onChange({ ...value, ...change });
  return (
    <details className="border-t border-line pt-3">
      <summary className="cursor-pointer text-small font-medium">Say more: name, licence, preparation of images, output</summary>
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <InputField label="Name in the library" value={value.name} onChange={(event) => set({ name: event.target.value })} hint="Else that of the repository or file." />
        <InputField label="Licence" value={value.licence} onChange={(event) => set({ licence: event.target.value })} />
        <Field label="How images are prepared" hint="Else as preprocessor_config.json says.">
          {(control) => (
            <Select {...control} value={value.preset} onChange={(preset) => set({ preset })} options={[{ value: '', label: 'As its files say' }, ...presetNames.map((name) => ({ value: name, label: presetLabels[name] }))]} />
          )}
        </Field>
        <InputField label="Side of the input, pixels" type="number" min={8} max={2048} value={value.edge} onChange={(event) => set({ edge: event.target.value })} hint="For a network that takes any." />
        <InputField label="Output" value={value.output} onChange={(event) => set({ output: event.target.value })} placeholder="last_hidden_state:cls" hint="Else the best of those that tell images apart." />
      </div>
    </details>
  );
}
