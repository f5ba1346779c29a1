'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Model } from '@/lib/api/contracts/features';
import type { TextTowerDto } from '@/lib/api/contracts/image-text';
import { formatBytes, formatCount, shortHash } from '@/lib/figures/format';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { CopyText } from '../ui/copy-text';
import { IconButton } from '../ui/icon-button';
import { ProblemNote } from '../ui/problem';
import { ModelCertificates } from './model-certificates';
import { inputSize, modelDescription, modelLicence } from './model-words';
import { textTowerFacts } from './text-tower-words';
import { useRemoveModel } from './use-features';
import { useTextTowers } from './use-text-towers';

/** The installed networks. */
export function ModelList({ models, isAdmin }: { models: readonly Model[]; isAdmin: boolean }) {
  const [removing, setRemoving] = useState<Model | null>(null);
  const remove = useRemoveModel();
  const { data: textTowers, error: textTowerError, refetch } = useTextTowers();
  const textTowerOf = (model: Model | null) => textTowers?.find(({ modelId }) => modelId === model?.id);
  return (
    <>
      {textTowerError !== null && <ProblemNote error={textTowerError} title="Which of them are image-text pairs is not known" onRetry={() => void refetch()} />}
      <ul className="divide-y divide-line border-y border-line">
        {models.map((model) => (
          <li key={model.id} className="flex flex-wrap items-start gap-x-3 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="font-medium">
                {model.name}
                {model.builtIn && <span className="ml-2 text-small font-normal text-muted">ships with Assay</span>}
                <PairMark tower={textTowerOf(model)} />
              </p>
              {modelDescription(model) !== null && <p className="text-muted">{modelDescription(model)}</p>}
              <p className="text-small text-muted">
                {[inputSize(model), `${formatCount(model.dim)} values`, formatBytes(model.bytes), modelLicence(model)].filter((part) => part !== null).join(' · ')}
              </p>
              <PairFacts tower={textTowerOf(model)} />
            </div>
            <CopyText text={model.sha256} shown={shortHash(model.sha256)} label={`Copy the SHA-256 of ${model.name}`} className="text-muted" />
            {isAdmin && !model.builtIn && (
              <IconButton
                icon={Trash2}
                label={`Remove ${model.name}`}
                onClick={() => {
                  remove.reset();
                  setRemoving(model);
                }}
              />
            )}
            <ModelCertificates modelId={model.id} />
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null);
        }}
        title={`Remove ${removing?.name ?? ''}?`}
        action="Remove the network"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => {
          if (removing !== null) remove.mutate(removing.id, { onSuccess: () => setRemoving(null) });
        }}
      >
        <p>It is removed for all projects{textTowerOf(removing) === undefined ? '' : ', with its text tower'}. A network that feature sets were made with stays.</p>
      </ConfirmDialog>
    </>
  );
}

function PairMark({ tower }: { tower: TextTowerDto | undefined }) {
  if (tower === undefined) return null;
  return <span className="ml-2 text-small font-normal text-muted">{tower.isDemonstration ? 'image-text pair, demonstration' : 'image-text pair'}</span>;
}

function PairFacts({ tower }: { tower: TextTowerDto | undefined }) {
  if (tower === undefined) return null;
  return (
    <>
      <p className="text-small text-muted">{textTowerFacts(tower)}</p>
      {tower.isDemonstration && <p className="text-small text-muted">Made to show how prompts are chosen. It knows the demo products only; for products of your own add CLIP or SigLIP.</p>}
    </>
  );
}
