import type { PageData } from '../domain/reports/page.ts';

/**
 * Keeps up with the program that serves the page: it says when there is something new, which is then
 * fetched. Both addresses are below the page's own, so that its secret name goes with them.
 */
export function follow(onData: (data: PageData) => void, onLost: () => void): void {
  const events = new EventSource('events');
  events.addEventListener('message', () => {
    fetch('data')
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
      .then((data) => onData(data as PageData))
      .catch(onLost);
  });
  // The browser tries again by itself, and what has changed meanwhile is said first.
  events.addEventListener('error', onLost);
}
