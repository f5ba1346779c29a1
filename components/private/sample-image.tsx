'use client';

import { useState, type ComponentProps, type ReactNode } from 'react';
import { useHeldVersion } from './held-events';
import { NotHere } from './not-here';
import { useIsPrivate } from './private-project';

type SampleImageProps = ComponentProps<'img'> & { src: string; sampleId: string; /** In the place of an image that cannot be loaded, in a project that is not private. */ failed?: ReactNode; words?: boolean };

/** An image of a sample. Of a private project it may be in another browser, and come into this one while it is looked at. */
export function SampleImage({ sampleId, ...rest }: SampleImageProps) {
  const version = useHeldVersion(sampleId);
  return <Loaded key={`${rest.src} ${version}`} {...rest} />;
}

function Loaded({ failed: instead, words = false, alt, className, ...rest }: Omit<SampleImageProps, 'sampleId'>) {
  const [failed, setFailed] = useState(false);
  const isPrivate = useIsPrivate();
  if (failed && isPrivate) return <NotHere words={words} {...(className === undefined ? {} : { className })} />;
  if (failed && instead !== undefined) return instead;
  return <img alt={alt} className={className} draggable={false} decoding="async" {...rest} onError={() => setFailed(true)} />;
}
