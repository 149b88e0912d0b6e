import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Before anything is on the screen. */
const GUESS = 860;

/** How wide an element is, in whole pixels, as the window changes. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(GUESS);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const measure = (): void => setWidth(Math.round(current.clientWidth) || GUESS);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
