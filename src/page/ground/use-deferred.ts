import { useEffect, useState } from 'preact/hooks';

/** What `make` makes of a value, after the rest of the page is on the screen; null until then. */
export function useDeferred<From, To>(value: From, make: (value: From) => To): To | null {
  const [made, setMade] = useState<To | null>(null);
  useEffect(() => {
    // One frame to ask for the paint, a turn after it to work.
    let turn = 0;
    const frame = requestAnimationFrame(() => {
      turn = window.setTimeout(() => setMade(make(value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(turn);
    };
  }, [value]);
  return made;
}
