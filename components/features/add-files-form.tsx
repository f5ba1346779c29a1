'use client';

import { useState, type ChangeEvent, type FormEvent } from 'react';
import { formatBytes } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Progress } from '../ui/progress';
import { ProblemNote } from '../ui/problem';
import { useConfirmation } from '../ui/toaster';
import { chooseFiles, type ChosenFiles } from './chosen-files';
import { useAddModel } from './use-model-library';
import { noWishes, toWishes, WishesFields } from './wishes-fields';

const pickerClass = 'text-body file:mr-3 file:h-8 file:rounded-md file:border file:border-line-strong/60 file:bg-surface file:px-3 file:text-ink';

/** Sends an ONNX file, or a folder with its weights and configurations. */
export function AddFilesForm({ projectId, close }: { projectId: string; close: () => void }) {
  const [chosen, setChosen] = useState<ChosenFiles | null>(null);
  const [refused, setRefused] = useState<string>();
  const [share, setShare] = useState(0);
  const [wishes, setWishes] = useState(noWishes);
  const add = useAddModel(projectId, setShare);
  const confirm = useConfirmation();
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    chooseFiles(files).then(
      (sorted) => {
        setChosen(sorted);
        setRefused(undefined);
      },
      (error: unknown) => {
        setChosen(null);
        setRefused(error instanceof Error ? error.message : String(error));
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === null) return;
    add.mutate({ chosen, wishes: toWishes(wishes) }, {
      onSuccess: () => {
        close();
        confirm('The network is being tried; Jobs shows the outcome');
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="ONNX file" error={refused}>
        {(control) => <input {...control} type="file" multiple accept=".onnx,.json,.onnx_data,.data" onChange={take} className={pickerClass} />}
      </Field>
      <Field label="Or its folder" hint="With weights beside the file, preprocessor_config.json and config.json. With text_model.onnx and tokenizer.json it becomes an image-text pair.">
        {(control) => <input {...control} type="file" multiple onChange={take} className={pickerClass} {...{ webkitdirectory: '' }} />}
      </Field>
      {chosen !== null && <p className="text-small text-muted">{words(chosen)}</p>}
      <WishesFields value={wishes} onChange={setWishes} />
      {add.isPending && <Progress value={share < 1 ? share : null} label="Sending" />}
      {add.error !== null && <ProblemNote error={add.error} title="The network was not added" />}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" busy={add.isPending} disabled={chosen === null}>
          Add
        </Button>
      </div>
    </form>
  );
}

function words({ files, configurations, isPair }: ChosenFiles): string {
  const [onnx, ...weights] = files;
  const size = formatBytes(files.reduce((sum, file) => sum + file.size, 0));
  if (isPair) return `An image-text pair: both towers and the tokenizer, ${size}.`;
  const beside = weights.length === 0 ? '' : `, ${weights.length} with weights`;
  const says = Object.keys(configurations).length === 0 ? 'nothing says how images are prepared: choose it below' : 'its files say how images are prepared';
  return `${onnx?.name ?? ''}${beside}, ${size}; ${says}.`;
}
