import type { ReactNode } from 'react';

/** The page of people who are not signed in yet. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[360px] flex-col justify-center gap-6 px-4 py-12">
      <div>
        <p className="mb-6 flex items-center gap-2 font-semibold">
          <span aria-hidden className="flex size-6 items-center justify-center rounded-md bg-ink text-tiny text-page">
            A
          </span>
          Assay
        </p>
        <h1 className="text-title font-semibold">{title}</h1>
      </div>
      {children}
    </main>
  );
}
