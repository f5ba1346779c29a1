'use client';

import { useEffect, useState } from 'react';
import { buttonClass } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { signInWithToken } from './sign-in';

/** Uses the one-time token of the address. Sent by script only: what merely fetches a link does not burn it. */
export function LinkSignIn({ token }: { token: string }) {
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    signInWithToken(token).then(
      () => window.location.replace('/'),
      (refusal: unknown) => {
        if (!left) setError(refusal);
      },
    );
    return () => {
      left = true;
    };
  }, [token]);
  if (error === null) {
    return (
      <div role="status" className="flex flex-col gap-2 text-muted">
        Signing in
        <Progress value={null} label="Signing in" />
      </div>
    );
  }
  return (
    <>
      <ProblemNote error={error} />
      <p className="text-muted">
        A link works once. Start Assay again for a new one, or ask an administrator to make one for you; with a password you can sign in below.
      </p>
      <a href="/sign-in" className={buttonClass('secondary')}>
        Sign in with a password
      </a>
    </>
  );
}
