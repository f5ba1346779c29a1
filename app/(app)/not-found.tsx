import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  return (
    <EmptyState
      icon={SearchX}
      title="This page does not exist"
      action={
        <Link href="/" className={buttonClass('primary')}>
          To the projects
        </Link>
      }
    >
      Or it belongs to a project of which you are no member. A lead of the project can add you.
    </EmptyState>
  );
}
