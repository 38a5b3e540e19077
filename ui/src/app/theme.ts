import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'bulwark.theme';
const systemPrefersDark = window.matchMedia?.('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let theme = remembered();

function remembered(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system'; // storage may be closed to us; the system's choice then stands
  }
}

function apply(): void {
  const dark = theme === 'dark' || (theme === 'system' && systemPrefersDark?.matches === true);
  document.documentElement.classList.toggle('pf-v6-theme-dark', dark);
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
}

/** Takes up the remembered theme; called once, before the first paint. */
export function startTheme(): void {
  apply();
  systemPrefersDark?.addEventListener('change', apply);
}

export function chooseTheme(chosen: Theme): void {
  theme = chosen;
  try {
    if (chosen === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
  } catch {
    // not remembered, but in force
  }
  apply();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => theme,
  );
}
