'use client';

import { useEffect } from 'react';
import { buttonClass } from '../ui/button';
import { SignInFrame } from './sign-in-frame';

/** Leads to the sign-in page, which leads back here. */
export function ToSignIn() {
  useEffect(() => {
    const here = window.location.pathname + window.location.search;
    window.location.replace(here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`);
  }, []);
  return (
    <SignInFrame title="You are not signed in">
      <a href="/sign-in" className={buttonClass('primary')}>
        Sign in
      </a>
    </SignInFrame>
  );
}
