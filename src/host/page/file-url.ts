import { pathToFileURL } from 'node:url';

/** What opens a file in a browser: `file:///home/ann/page.html`. */
export const fileUrl = (path: string): string => pathToFileURL(path).href;
