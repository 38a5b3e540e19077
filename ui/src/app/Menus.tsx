import { Dropdown, DropdownGroup, DropdownItem, DropdownList, MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { MoonIcon } from '@patternfly/react-icons/dist/esm/icons/moon-icon';
import { SunIcon } from '@patternfly/react-icons/dist/esm/icons/sun-icon';
import { UserIcon } from '@patternfly/react-icons/dist/esm/icons/user-icon';
import { useState } from 'react';
import { lineFor } from '../api/problem';
import { useSay } from '../part/Toasts';
import type { Liveness } from './events';
import { useSession, useSignOut } from './session';
import { chooseTheme, useTheme, type Theme } from './theme';

const ROLES = { ADMIN: 'Admin', ANALYST: 'Analyst', VIEWER: 'Viewer' } as const;
const THEMES: readonly { theme: Theme; label: string }[] = [
  { theme: 'system', label: 'As the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

export function ThemeMenu() {
  const theme = useTheme();
  const [isOpen, setOpen] = useState(false);
  return (
    <Select
      shouldFocusFirstItemOnOpen
      isOpen={isOpen}
      onOpenChange={setOpen}
      selected={theme}
      onSelect={(_event, value) => {
        chooseTheme(value as Theme);
        setOpen(false);
      }}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plain"
          aria-label="Theme"
          isExpanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          icon={theme === 'dark' ? <MoonIcon /> : <SunIcon />}
        />
      )}
    >
      <SelectList aria-label="Theme">
        {THEMES.map((choice) => (
          <SelectOption key={choice.theme} value={choice.theme}>{choice.label}</SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}

export function UserMenu() {
  const session = useSession();
  const signOut = useSignOut();
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const isScoped = session.scope.clusterIds.length > 0 || session.scope.namespaces.length > 0;
  return (
    <Dropdown
      shouldFocusFirstItemOnOpen
      isOpen={isOpen}
      onOpenChange={setOpen}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle ref={ref} variant="plainText" icon={<UserIcon />} isExpanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {session.name}
        </MenuToggle>
      )}
    >
      <DropdownGroup label={`${ROLES[session.role]}${isScoped ? ', sees a part' : ''}`}>
        <DropdownList>
          <DropdownItem onClick={() => void signOut().catch((error: unknown) => say(lineFor(error), 'danger'))}>
            Sign out
          </DropdownItem>
        </DropdownList>
      </DropdownGroup>
    </Dropdown>
  );
}

const LIVE_WORDS: Record<Liveness, { label: string; help: string }> = {
  connecting: { label: 'Connecting', help: 'Connecting to Central’s live updates' },
  live: { label: 'Live', help: 'What is shown follows the clusters by itself' },
  lost: { label: 'Reconnecting', help: 'The connection to Central is lost; trying again' },
};

/** Whether what is shown is kept current. */
export function LiveMark({ liveness }: { liveness: Liveness }) {
  const { label, help } = LIVE_WORDS[liveness];
  return (
    <span className={`bw-live-mark bw-live-${liveness}`} role="status" title={help}>
      <span className="bw-dot" aria-hidden="true" />
      <span className="bw-live-word">{label}</span>
    </span>
  );
}
