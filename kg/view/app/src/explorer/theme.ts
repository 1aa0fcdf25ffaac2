/** Light or dark: as the system has it, until the reader says otherwise. */

const KEY = 'kg-theme';

type Theme = 'light' | 'dark';

/** Takes over what was chosen, and returns a function that turns it over and says what it is now. */
export function startTheme(changed: () => void): () => Theme {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let chosen = recall();
  const now = (): Theme => chosen ?? (system.matches ? 'dark' : 'light');
  const apply = (): void => {
    document.documentElement.dataset['theme'] = now();
    changed();
  };
  system.addEventListener('change', apply);
  document.documentElement.dataset['theme'] = now();
  return () => {
    chosen = now() === 'dark' ? 'light' : 'dark';
    remember(chosen);
    apply();
    return chosen;
  };
}

function recall(): Theme | null {
  try {
    const told = localStorage.getItem(KEY);
    return told === 'light' || told === 'dark' ? told : null;
  } catch {
    return null; // a page from a file may not be allowed to remember
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // then it is forgotten with the page
  }
}
