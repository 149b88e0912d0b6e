/** Waits, and lets everything else go on. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The same for a time by chance, so that programs that have met do not meet again. */
export const pauseByChance = (most: number): Promise<void> => pause(Math.random() * most);
