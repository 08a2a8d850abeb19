import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';

let wentBack = false;
if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    wentBack = true;
  });
}

/** A new screen starts at its top, and the keyboard and screen reader start at its content, as on a new page. */
export function useArrival(): void {
  const [place] = useLocation();
  // Windows over a screen have addresses too, and manage the focus themselves.
  const screen = place.startsWith('/books') ? '/books' : place;
  const search = useSearch();
  const former = useRef({ screen, search });
  useEffect(() => {
    const [was, byBack] = [former.current, wentBack];
    former.current = { screen, search };
    wentBack = false;
    if (was.screen === screen) return;
    document.getElementById('main')?.focus({ preventScroll: true });
    // After the back button, the browser restores the scroll position.
    if (!byBack) window.scrollTo(0, 0);
  }, [screen, search]);
}
