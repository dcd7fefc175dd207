import { useEffect, useState } from 'preact/hooks';
import { formatRoute, parseRoute, type Route } from './route.ts';

/** The route that the address names, kept in step with it. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', follow);
    addEventListener(REPLACED, follow);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener(REPLACED, follow);
    };
  }, []);
  return route;
}

/** Goes somewhere, so that the browser's back button returns. */
export function go(route: Route): void {
  location.hash = formatRoute(route);
}

/** Goes somewhere without a step in the history: walking through a list is not worth one. */
export function goQuietly(route: Route): void {
  history.replaceState(null, '', formatRoute(route));
  dispatchEvent(new Event(REPLACED));
}

/** Whether list and evidence stand side by side; the stylesheet has the same width. */
export function isWide(): boolean {
  return matchMedia('(min-width: 60rem)').matches;
}

const REPLACED = 'fourproof:replaced';
