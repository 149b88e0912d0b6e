import { isInside } from './managers/manager.ts';

/** True where `init` may write: what belongs to the repository; see `ManagerFacts`. */
export const isOurs = ({ roots }: { readonly roots: readonly string[] }, path: string): boolean =>
  roots.some((root) => isInside(path, root));
