import type { Host } from '../host/host.ts';
import { programName } from '../host/program.ts';
import type { Stream } from '../host/terminal.ts';
import { colorPaint, plainPaint, type View } from '../render/view.ts';

/** How text is to look on one of the two streams. */
export const viewOf = (host: Host, stream: Stream): View => ({
  paint: stream.color ? colorPaint : plainPaint,
  width: stream.width,
  documentation: `${host.packageDirectory}/docs`,
  // Looked for only when a command is named.
  get program() {
    return programName(host);
  },
});
