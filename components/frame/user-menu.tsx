'use client';

import { CircleUserRound, Keyboard, KeyRound, LogOut, Users } from 'lucide-react';
import { capsOf } from '@/lib/figures/keymap';
import { useChooseTheme } from '../account/use-choose-theme';
import { useKeyBindings } from '../review/use-keymap';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine } from '../ui/menu';
import { signOut } from './sign-out';
import type { FrameUser } from './frame-user';
import { themes } from './theme';

/** Theme, account and sign-out. */
export function UserMenu({ user, onShortcuts }: { user: FrameUser; onShortcuts: () => void }) {
  const { theme, choose } = useChooseTheme();
  const cap = capsOf('help', useKeyBindings());
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" aria-label={`Account of ${user.name}`} className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-pressed max-md:size-10">
          <CircleUserRound aria-hidden className="size-5" strokeWidth={1.75} />
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-small text-muted">{user.email}</p>
      </div>
      <MenuLine />
      <MenuItem icon={KeyRound} href="/account">
        Account and password
      </MenuItem>
      {user.isAdmin && (
        <MenuItem icon={Users} href="/admin/users">
          Users
        </MenuItem>
      )}
      <MenuItem icon={Keyboard} {...(cap ? { shortcut: cap } : {})} onSelect={onShortcuts}>
        Keyboard
      </MenuItem>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice value={theme} onChange={choose} options={themes} />
      <MenuLine />
      <MenuItem icon={LogOut} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
