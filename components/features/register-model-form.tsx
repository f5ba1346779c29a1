'use client';

import { useState, type FormEvent } from 'react';
import { formatBytes } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { controlBase, Field } from '../ui/field';
import { Progress } from '../ui/progress';
import { ProblemNote } from '../ui/problem';
import { useConfirmation } from '../ui/toaster';
import { manifestExample } from './model-words';
import { useRegisterModel } from './use-features';

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `Not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Takes an ONNX file and its manifest; a worker tries it before it is accepted. */
export function RegisterModelForm({ close }: { close: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [manifest, setManifest] = useState(manifestExample);
  const [share, setShare] = useState(0);
  const register = useRegisterModel(setShare);
  const confirm = useConfirmation();
  const invalid = jsonError(manifest);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file === null || invalid !== undefined) return;
    register.mutate({ file, manifest: JSON.stringify(JSON.parse(manifest)) }, {
      onSuccess: (model) => {
        close();
        confirm(`${model.name} is registered`);
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="ONNX file" hint={file === null ? undefined : formatBytes(file.size)}>
        {(control) => <input {...control} type="file" accept=".onnx" required onChange={(event) => setFile(event.target.files?.[0] ?? null)} className="text-body file:mr-3 file:h-8 file:rounded-md file:border file:border-line-strong/60 file:bg-surface file:px-3 file:text-ink" />}
      </Field>
      <Field label="Manifest (JSON)" error={invalid} hint="Input size, resize, mean and std, layout, output and pooling (none, cls, mean-tokens, mean-spatial, flatten), licence.">
        {(control) => <textarea {...control} rows={16} spellCheck={false} value={manifest} onChange={(event) => setManifest(event.target.value)} className={cn(controlBase, 'w-full px-2 py-2 font-mono text-small')} />}
      </Field>
      {register.isPending && (
        <div className="flex flex-col gap-1">
          <Progress value={share < 1 ? share : null} label="Sending" />
          <p className="text-small text-muted">{share < 1 ? 'Sending' : 'A worker tries the network'}</p>
        </div>
      )}
      {register.error !== null && <ProblemNote error={register.error} title="The network was not registered" />}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" busy={register.isPending} disabled={file === null || invalid !== undefined}>
          Register
        </Button>
      </div>
    </form>
  );
}
