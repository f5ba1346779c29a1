'use client';

import { useState } from 'react';
import { Dialog } from '../ui/dialog';
import { Segmented } from '../ui/segmented';
import { AddFilesForm } from './add-files-form';
import { AddFromHubForm } from './add-from-hub-form';
import { RegisterModelForm } from './register-model-form';

type Way = 'hub' | 'files' | 'manifest';

const ways = [
  { value: 'hub', label: 'From the hub' },
  { value: 'files', label: 'File or folder' },
  { value: 'manifest', label: 'File with a manifest' },
] as const;

/** Ways of adding a network to the library. Whichever is taken, the network is tried before it is saved. */
export function AddModelDialog({ projectId, open, onOpenChange }: { projectId: string; open: boolean; onOpenChange: (open: boolean) => void }) {
  const [way, setWay] = useState<Way>('hub');
  const close = () => onOpenChange(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Add a network" description="It is tried on images first: what does not fit is refused with the reason." width="lg">
      <div className="flex flex-col gap-4">
        <Segmented<Way> label="Where it comes from" value={way} onChange={setWay} options={ways} />
        {way === 'hub' && <AddFromHubForm projectId={projectId} close={close} />}
        {way === 'files' && <AddFilesForm projectId={projectId} close={close} />}
        {way === 'manifest' && <RegisterModelForm close={close} />}
      </div>
    </Dialog>
  );
}
