import { useEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';

const KEY = 'fourproof-theme';

/** The theme in force, and how to change it; follows the system until a person chooses. */
export function useTheme(): readonly [Theme, () => void] {
  const [chosen, choose] = useState<Theme | undefined>(remembered);
  const [system, setSystem] = useState<Theme>(systemTheme);
  const theme = chosen ?? system;

  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => setSystem(systemTheme());
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);

  useEffect(() => {
    if (chosen !== undefined) document.documentElement.dataset['theme'] = chosen;
  }, [chosen]);

  const toggle = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    remember(next);
    choose(next);
  };
  return [theme, toggle];
}

function systemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

// Storage may be refused to files and in private windows; then the choice holds until the page is closed.
function remembered(): Theme | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : undefined;
  } catch {
    return undefined;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}
