import { render } from 'preact';
import type { PageData } from '../domain/reports/page.ts';
import { App } from './app.tsx';
import { follow } from './follow.ts';
import { unfoldForPrint } from './unfold-for-print.ts';

const place = document.getElementById('page')!;
const text = document.getElementById('data')!.textContent;
let data = JSON.parse(text) as PageData;
const live = document.documentElement.hasAttribute('data-live');

const draw = (state: 'following' | 'lost' | null): void =>
  render(<App data={data} live={state} />, place);

draw(live ? 'following' : null);
unfoldForPrint();
if (live)
  follow(
    (newer) => {
      data = newer;
      draw('following');
    },
    () => draw('lost'),
  );
