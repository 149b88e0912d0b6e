import { ownershipSchema } from './ownership-schema.ts';
import { writeGenerated } from './write-generated.ts';

// `schema/ownership.schema.json`: completion, hover and checks for editors.
writeGenerated('schema/ownership.schema.json', `${JSON.stringify(ownershipSchema, null, 2)}\n`);
