'use client';

import { useState, type FormEvent } from 'react';
import { precisions, type Precision } from '@/lib/api/contracts/models';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Field, InputField } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { Select } from '../ui/select';
import { useConfirmation } from '../ui/toaster';
import { useCatalogue, useDownloadModel } from './use-model-library';
import { noWishes, toWishes, WishesFields } from './wishes-fields';

/** Names a repository of the hub. */
export function AddFromHubForm({ projectId, close }: { projectId: string; close: () => void }) {
  const [repo, setRepo] = useState('');
  const [revision, setRevision] = useState('');
  const [file, setFile] = useState('');
  const [precision, setPrecision] = useState<Precision>('fp32');
  const [texts, setTexts] = useState(false);
  const [wishes, setWishes] = useState(noWishes);
  const download = useDownloadModel(projectId);
  const confirm = useConfirmation();
  const { data: catalogue } = useCatalogue(true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const hub = { repo: repo.trim().replace(/^hf:/, ''), ...(revision.trim() === '' ? {} : { revision: revision.trim() }), file: file.trim() === '' ? null : file.trim(), precision, texts };
    download.mutate({ hub, wishes: toWishes(wishes) }, {
      onSuccess: () => {
        close();
        confirm('The download has started; Jobs shows how far it is');
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <InputField label="Repository" required placeholder="owner/name" value={repo} onChange={(event) => setRepo(event.target.value)} hint={catalogue === undefined ? undefined : `This server downloads it from ${catalogue.hub}.`} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Precision">
          {(control) => <Select {...control} value={precision} onChange={setPrecision} options={precisions.map((value) => ({ value, label: value }))} />}
        </Field>
        <InputField label="Revision" placeholder="main" value={revision} onChange={(event) => setRevision(event.target.value)} />
      </div>
      <InputField label="ONNX file" placeholder="onnx/model.onnx" value={file} onChange={(event) => setFile(event.target.value)} hint="Else the image tower in that precision." />
      <Checkbox checked={texts} onChange={setTexts} label="With its text tower and tokenizer, as an image-text pair for choosing prompts" />
      <WishesFields value={wishes} onChange={setWishes} />
      {download.error !== null && <ProblemNote error={download.error} title="The download was not started" />}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" busy={download.isPending} disabled={repo.trim() === ''}>
          Download
        </Button>
      </div>
    </form>
  );
}
