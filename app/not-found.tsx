import Link from 'next/link';
import { SignInFrame } from '@/components/account/sign-in-frame';
import { buttonClass } from '@/components/ui/button';

export default function NotFound() {
  return (
    <SignInFrame title="This page does not exist">
      <Link href="/" className={buttonClass('secondary')}>
        To the projects
      </Link>
    </SignInFrame>
  );
}
