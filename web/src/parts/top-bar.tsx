import { useTheme } from '../theme.ts';

/** Name of the tool and the switch between light and dark. */
export function TopBar() {
  const [theme, toggle] = useTheme();
  return (
    <div class="top-bar">
      <span class="wordmark">fourproof</span>
      <button type="button" class="theme" onClick={toggle}>
        {theme === 'dark' ? 'Light' : 'Dark'} theme
      </button>
    </div>
  );
}
