import { join } from 'node:path';
import {
  LOCKFILE_NAMES,
  type PackageTool,
  packageToolOf,
} from '../../core/install/package-tool.ts';
import type { Files } from '../../host/files.ts';

/** What looks after the packages of the work tree at `top`. */
export const packageToolAt = (files: Files, top: string, packageJson: string | null): PackageTool =>
  packageToolOf(
    packageJson,
    LOCKFILE_NAMES.filter((name) => files.exists(join(top, name))),
  );
