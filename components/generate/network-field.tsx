'use client';

import { formatBytes } from '@/lib/figures/format';
import { useIsPrivate } from '../private/private-project';
import { Field } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { useDiffusionModels } from './use-generate';

/** Which diffusion network, or how to get one. */
export function NetworkField({ value, error, onChange }: { value: string; error: string | undefined; onChange: (id: string) => void }) {
  const isPrivate = useIsPrivate();
  const { data: models, error: failure, refetch } = useDiffusionModels(!isPrivate);
  if (isPrivate) return <p className="text-small">DiffStyle runs on the server only, and the images of this project stay in the browsers of its members. Choose another generator.</p>;
  if (failure !== null) return <ProblemNote error={failure} onRetry={() => void refetch()} />;
  if (models === undefined) return <Skeleton className="h-12" />;
  if (models.length === 0) {
    return (
      <p className="text-small">
        There is no diffusion network yet. An administrator adds one on the server with <code className="font-mono text-tiny break-words">npm run assay -- models diffusion add unet.onnx --name &quot;ImageNet 256&quot;</code>; docs/diffstyle.md says where it comes from
        and how to export it.
      </p>
    );
  }
  const options = [{ value: '', label: 'Choose' }, ...models.map(({ id, name, width, height, bytes }) => ({ value: id, label: `${name} (${width} x ${height}, ${formatBytes(bytes)})` }))];
  return (
    <Field label="Network" error={error}>
      {(control) => <Select {...control} value={value} onChange={onChange} options={options} />}
    </Field>
  );
}
