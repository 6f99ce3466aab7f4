'use client';

import { LogOut, Settings2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { buttonClasses } from '#components/ui/Button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/Menu.tsx';
import { applyTheme, type Theme, toTheme } from '#lib/theme/theme.ts';
import { useLimited, useRole } from './RoleProvider.tsx';
import { useServicePages } from './ServiceLinks.tsx';

const THEME_CHOICES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function UserMenu() {
  const role = useRole();
  const limited = useLimited();
  const pages = useServicePages().filter(({ wideOnly }) => wideOnly);
  const router = useRouter();
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(toTheme(document.documentElement.dataset.theme)), []);

  const signOut = async () => {
    await fetch('/session', { method: 'DELETE' });
    location.assign('/sign-in');
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={buttonClasses('quiet')}
          aria-label={`Signed in as ${role}; theme and sign out`}
        >
          <Settings2 size={15} aria-hidden="true" />
          <span className="max-sm:hidden">{role}</span>
        </button>
      }
    >
      <MenuLabel>
        Signed in as {role}: {role === 'operator' ? 'may do everything' : 'may read'}
        {limited && ' in its federations'}
      </MenuLabel>
      {pages.map(({ href, label }) => (
        <MenuItem key={href} onSelect={() => router.push(href)}>
          {label}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        value={theme}
        choices={THEME_CHOICES}
        onChange={(value) => {
          setTheme(toTheme(value));
          applyTheme(toTheme(value));
        }}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut size={14} aria-hidden="true" />
        Sign out
      </MenuItem>
    </Menu>
  );
}
