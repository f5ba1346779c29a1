'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '../account/use-session';
import { Button } from '../ui/button';
import { Section } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { AddModelDialog } from './add-model-dialog';
import { CatalogueList } from './catalogue-list';
import { ModelList } from './model-list';
import { useModels } from './use-features';

type Shelf = 'installed' | 'catalogue';

const shelves = [
  { value: 'installed', label: 'Installed' },
  { value: 'catalogue', label: 'Catalogue' },
] as const;

/** The networks of this installation, those that could be added, and the way to add one. */
export function ModelLibrary({ projectId }: { projectId: string }) {
  const { data, error, refetch } = useModels();
  const isAdmin = useSession().data?.user.isAdmin === true;
  const [params, setUrl] = useUrlState();
  const [chosen, setChosen] = useState<Shelf>('installed');
  // A link to a certificate leads to the entry of its network.
  const shelf = params.get('certificates') === null ? chosen : 'installed';
  const show = (next: Shelf) => {
    setChosen(next);
    setUrl({ certificates: null, certificate: null });
  };
  const [adding, setAdding] = useState(false);
  const actions = (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented<Shelf> label="Networks to show" value={shelf} onChange={show} options={shelves} />
      {isAdmin && (
        <Button icon={Plus} onClick={() => setAdding(true)}>
          Add a network
        </Button>
      )}
    </div>
  );
  return (
    <Section title="Networks" summary={isAdmin ? 'Any ONNX network that takes images can be added: from the hub, from the catalogue, or a file.' : 'An administrator adds others.'} actions={actions}>
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton className="h-14" />}
      {data !== undefined && shelf === 'installed' && <ModelList models={data} isAdmin={isAdmin} />}
      {data !== undefined && shelf === 'catalogue' && <CatalogueList projectId={projectId} models={data} isAdmin={isAdmin} />}
      {isAdmin && <AddModelDialog projectId={projectId} open={adding} onOpenChange={setAdding} />}
    </Section>
  );
}
