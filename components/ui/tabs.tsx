'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export type Tab<T extends string> = { value: T; label: string };

type TabsProps<T extends string> = { value: T; onChange: (value: T) => void; tabs: readonly Tab<T>[]; label: string; children: ReactNode };

/** Parts of a page of which one is shown. Arrow keys move between the tabs; the line stays in view while the part scrolls. */
export function Tabs<T extends string>({ value, onChange, tabs, label, children }: TabsProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)}>
      <Radix.List aria-label={label} className="sticky top-0 z-20 -mx-6 flex gap-1 overflow-x-auto border-b border-line bg-page px-6 max-md:-mx-4 max-md:px-4">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="h-9 shrink-0 border-b-2 border-transparent px-2 whitespace-nowrap text-muted hover:text-ink focus-visible:outline-offset-[-2px] data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink max-md:h-11"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content value={value} className="pt-4">
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
