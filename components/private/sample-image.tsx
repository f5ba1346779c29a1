'use client';

import { useState, type ComponentProps, type ReactNode } from 'react';
import { readImage } from '@/lib/browser-store/private-images';
import { useHeldVersion } from './held-events';
import { NotHere } from './not-here';
import { useIsPrivate } from './private-project';

type SampleImageProps = ComponentProps<'img'> & {
  src: string;
  projectId: string;
  sampleId: string;
  /** In the place of an image that cannot be loaded, in a project that is not private. */
  failed?: ReactNode;
  /** Whether there is room for words where an image is not in this browser. */
  words?: boolean;
};

/** An image of a sample. Of a private project it may be in another browser, and come into this one while it is looked at. */
export function SampleImage(props: SampleImageProps) {
  const version = useHeldVersion(props.sampleId);
  return <Loaded key={`${props.src} ${version}`} {...props} />;
}

function Loaded({ src, projectId, sampleId, failed: instead, words = false, alt, className, ...rest }: SampleImageProps) {
  const [state, setState] = useState<'first' | 'again' | 'failed'>('first');
  const isPrivate = useIsPrivate();
  const fail = async () => {
    // Asked for just before its bytes were here: the browser would give the answer of that request once more.
    const isHere = isPrivate && state === 'first' && (await readImage(projectId, sampleId, 'original').catch(() => null)) !== null;
    setState(isHere ? 'again' : 'failed');
  };
  if (state === 'failed' && isPrivate) return <NotHere words={words} {...(className === undefined ? {} : { className })} {...(rest.style === undefined ? {} : { style: rest.style })} />;
  if (state === 'failed' && instead !== undefined) return instead;
  return <img alt={alt} className={className} draggable={false} decoding="async" {...rest} src={state === 'again' ? `${src}&again` : src} onError={() => void fail()} />;
}
