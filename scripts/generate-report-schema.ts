import { reportSchema } from './report-schema.ts';
import { writeGenerated } from './write-generated.ts';

// `schema/report.schema.json`: what `--json` prints, for editors and for programs that read it.
writeGenerated('schema/report.schema.json', `${JSON.stringify(reportSchema, null, 2)}\n`);
