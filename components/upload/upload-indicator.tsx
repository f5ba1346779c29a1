'use client';

import { Upload } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { formatPercent } from '@/lib/figures/format';
import type { UploadEngine } from './engine';
import { uploadShare } from './engine-totals';
import { useStartedEngine } from './engines';
import { useUploadSnapshot } from './use-upload-snapshot';

/** Tells on every other page that this tab is still sending files; leads back to them. */
export function UploadIndicator({ projectId, href }: { projectId: string; href: string }) {
  const engine = useStartedEngine(projectId);
  return engine === null ? null : <Indicator key={projectId} engine={engine} href={href} />;
}

function Indicator({ engine, href }: { engine: UploadEngine; href: string }) {
  const snapshot = useUploadSnapshot(engine);
  const pathname = usePathname();
  if (pathname === href || (snapshot.phase !== 'running' && snapshot.phase !== 'paused')) return null;
  return (
    <Link href={href} className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-ink hover:bg-hover max-md:h-10">
      <Upload aria-hidden className="size-4 text-accent" />
      <span className="max-md:sr-only">{snapshot.phase === 'paused' ? 'Upload paused' : 'Upload'}</span>
      {formatPercent(uploadShare(snapshot))}
    </Link>
  );
}
