import { parseOwnership } from '../../src/core/policy/parse.ts';
import type { Ownership } from '../../src/domain/ownership.ts';

/** The policy most tests use: two services, a shared part, reserved migrations, frozen and local files. */
export const POLICY = `version: 1
base: main
identify:
  branches: ['feat/{agent}/{topic}', 'parallel-dev/{agent}', 'feat/{area}/{topic}__{agent}']
  unknown: human
unowned: deny
agents:
  a1:
    title: Core pipeline
    aliases: [agent-1]
    owns: ['services/core/**', 'package.json']
    except: ['services/core/public/**']
    forbidden: ['services/core/secrets/**']
  a2:
    owns: ['services/api/**', 'web/**/*.ts']
  a3:
    owns: ['docs/**', 'CODEOWNERS', '.github/workflows/docs.yml', '**/*.md']
    except: ['services/**', 'web/**', 'docs/api/**']
shared:
  common: { paths: ['services/common/**'], agents: [a1, a2], lock: required, ttl: 2h }
  notes: { paths: ['notes/**'], agents: [a1, a2, a3], lock: advised }
  open: { paths: ['open/**'], agents: [a1], lock: none }
reserved:
  migrations: { paths: ['**/migrations/**'], agents: [a1], reason: one writer keeps the numbers linear }
frozen: ['**/agent.py']
derived:
  lockfile: { paths: ['package-lock.json'], when: ['**/package.json'] }
`;

/** Parses a policy that must be right. */
export function ownershipOf(text: string = POLICY): Ownership {
  const parsed = parseOwnership(text);
  if (!parsed.ok)
    throw new Error(parsed.error.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return parsed.value;
}
