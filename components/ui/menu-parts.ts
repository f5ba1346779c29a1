import { createContext, type ComponentType, type ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';

export type MenuItemProps = { children: ReactNode; icon?: LucideIcon; shortcut?: string; disabled?: boolean; danger?: boolean; onSelect?: () => void; href?: string };
export type MenuChoiceProps = { value: string; onChange: (value: string) => void; options: readonly { value: string; label: string }[] };

/** What stands in a menu, as the open menu draws it. */
export type MenuParts = {
  readonly Item: ComponentType<MenuItemProps>;
  readonly Choice: ComponentType<MenuChoiceProps>;
  readonly Label: ComponentType<{ children: ReactNode }>;
  readonly Line: ComponentType;
};

/** Filled by the open menu, whose code is fetched when a menu is about to be opened. */
export const MenuPartsContext = createContext<MenuParts | null>(null);
