import { createHash } from 'node:crypto';

/** A name for a text that no other text has: 43 characters, SHA-256. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url');
