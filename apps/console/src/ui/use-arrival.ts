import { useEffect, useRef } from 'react';
import { useLocation, useSearch } from 'wouter';

let wentBack = false;
if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    wentBack = true;
  });
}

/** On another screen, what is read and reached next by keyboard is its content, from the top; as a new page would do. */
export function useArrival(): void {
  const [place] = useLocation();
  // Windows over a screen have addresses too, and look after the focus themselves.
  const screen = place.startsWith('/books') ? '/books' : place;
  const search = useSearch();
  const former = useRef({ screen, search });
  useEffect(() => {
    const [was, byBack] = [former.current, wentBack];
    former.current = { screen, search };
    wentBack = false;
    if (was.screen === screen) return;
    document.getElementById('main')?.focus({ preventScroll: true });
    // Going back, the browser knows where one was.
    if (!byBack) window.scrollTo(0, 0);
  }, [screen, search]);
}
