import Link from 'next/link';
import { buttonClass, type ButtonVariant } from '../ui/button';
import { stagePath } from './stages';

/** The way to a stage of the project, as a button: the next step of an empty state. `to` may go on with a part and a query. */
export function StageLink({ projectId, to, variant = 'primary', children }: { projectId: string; to: string; variant?: ButtonVariant; children: string }) {
  return (
    <Link href={stagePath(projectId, to)} className={buttonClass(variant)}>
      {children}
    </Link>
  );
}
