import { join } from 'node:path';
import { type PackageTool, packageToolOf, TOOL_FILES } from '../../core/install/package-tool.ts';
import type { Files } from '../../host/files.ts';

/** What looks after the packages of the work tree at `top`. */
export const packageToolAt = (files: Files, top: string, packageJson: string | null): PackageTool =>
  packageToolOf(
    packageJson,
    TOOL_FILES.filter((name) => files.exists(join(top, name))),
  );
