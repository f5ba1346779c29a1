'use client';

import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { areKeptImagesShown, showKeptImages } from '@/lib/browser-store/image-service';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';

const IsPrivate = createContext(false);

/** Whether the images of the project on the screen stay in browsers. */
export function useIsPrivate(): boolean {
  return use(IsPrivate);
}

/** The pages of a project. Of a private one they wait for the service worker that shows the images kept here. */
export function PrivateProject({ isPrivate, children }: { isPrivate: boolean; children: ReactNode }) {
  return <IsPrivate value={isPrivate}>{isPrivate ? <Shown>{children}</Shown> : children}</IsPrivate>;
}

function Shown({ children }: { children: ReactNode }) {
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let gone = false;
    const start = async () => {
      try {
        await showKeptImages();
      } catch (failure) {
        if (!gone && !areKeptImagesShown()) setError(failure);
      }
      if (!gone) setReady(true);
    };
    void start();
    return () => {
      gone = true;
    };
  }, []);
  if (!ready) return <Skeleton className="m-6 h-60" />;
  return (
    <>
      {error !== null && <ProblemNote error={error} title="Images stay out of sight" className="mx-6 mt-4" onRetry={() => window.location.reload()} />}
      {children}
    </>
  );
}
