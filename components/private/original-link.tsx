'use client';

import { Download } from 'lucide-react';
import { useState, type MouseEvent } from 'react';
import { urlOf } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { readImage } from '@/lib/browser-store/private-images';
import { buttonClass } from '../ui/button';
import { useIsPrivate } from './private-project';

/** Downloads the file of a sample. Browsers fetch downloads past service workers: what is kept here is handed over as it is. */
export function OriginalLink({ projectId, sampleId, fileName }: { projectId: string; sampleId: string; fileName: string }) {
  const isPrivate = useIsPrivate();
  const [missing, setMissing] = useState(false);
  const save = async (event: MouseEvent) => {
    if (!isPrivate) return;
    event.preventDefault();
    const file = await readImage(projectId, sampleId, 'original');
    setMissing(file === null);
    if (file === null) return;
    const url = URL.createObjectURL(file);
    const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
    link.click();
    // The browser has taken the file over once the click is through.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <>
      {missing && <span className="self-center text-small text-muted">Not in this browser</span>}
      <a href={urlOf(addresses.sampleImage, { params: { projectId, sampleId }, query: { variant: 'original' } })} download={fileName} onClick={(event) => void save(event)} className={buttonClass()}>
        <Download aria-hidden className="size-4" />
        Original
      </a>
    </>
  );
}
