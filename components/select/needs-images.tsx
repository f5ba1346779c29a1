import { Lock, Table2 } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

const newProject = (
  <Link href="/?new=1" className={buttonClass('primary')}>
    New project
  </Link>
);

/** Why a part of "Select" cannot work here: the server has no images of this project. */
export function NeedsImages({ reason, what }: { reason: 'vectors' | 'private'; /** "Choosing a network", as the beginning of a sentence. */ what: string }) {
  if (reason === 'vectors') {
    return (
      <EmptyState icon={Table2} title="This project holds feature vectors" action={newProject}>
        {what} needs images, to make synthetic anomalies of and to run networks on. Bring the images into a project of their own.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Lock} title="The images stay in browsers" action={newProject}>
      {what} runs on the server, and the images of a private project never reach it. Use a project that is not private for normals that may leave this machine.
    </EmptyState>
  );
}
