import { existsSync, writeSync } from 'node:fs';
import { interruptible } from '../../src/host/signals.ts';
import { withTemporaryDirectory } from '../../src/host/temporary.ts';

/** Works in a temporary directory until it is asked to end, then takes back what it did. */
const [mode = ''] = process.argv.slice(2);
// As long as there is something to wait for, the program does not end by itself.
const alive = setInterval(() => undefined, 1000);

await withTemporaryDirectory('test', async (directory) => {
  if (mode === 'alone') {
    writeSync(1, `ready ${directory}\n`);
    await new Promise(() => undefined);
  }
  await interruptible(async (signal) => {
    writeSync(1, `ready ${directory}\n`);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    writeSync(1, `${String(signal.reason)}\n`);
    if (mode === 'slow') await new Promise(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    writeSync(1, `taken back, directory there: ${existsSync(directory)}\n`);
  });
  writeSync(1, 'said\n');
});
clearInterval(alive);
