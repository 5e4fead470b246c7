// Light, dark or what the system says. Kept in the browser: it belongs to the screen, not to the person.

export type Theme = 'auto' | 'light' | 'dark';
const KEY = 'bellbox.theme';

let theme = $state<Theme>(read());

export function currentTheme(): Theme {
  return theme;
}

export function setTheme(wanted: Theme): void {
  theme = wanted;
  apply(wanted);
  try {
    localStorage.setItem(KEY, wanted);
  } catch {
    // A browser that keeps nothing shows the theme until the page is left.
  }
}

/** To be called once, before the first screen. */
export function applyTheme(): void {
  apply(theme);
}

function read(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

function apply(wanted: Theme): void {
  if (wanted === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = wanted;
}
