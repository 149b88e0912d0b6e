import { buildActionBundle } from './action-bundle.ts';
import { writeGenerated } from './write-generated.ts';

// `action/dist/`: GitHub runs what is committed there. `--check` builds it anew and compares.
const { code, licenses } = await buildActionBundle();
writeGenerated('action/dist/index.js', code);
writeGenerated('action/dist/licenses.txt', licenses);
