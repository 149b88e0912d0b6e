import { REQUEST_REFS } from '../../domain/states/change-request.ts';
import type { Session } from '../session/session.ts';

/** False only where git keeps refs in files and there is none of a request: git need not be asked then. */
export function mayHaveRequests({
  host: { files },
  workspace: { location },
}: Pick<Session, 'host' | 'workspace'>): boolean {
  const common = location.commonDirectory;
  if (files.exists(`${common}/reftable`) || files.exists(`${common}/${REQUEST_REFS.slice(0, -1)}`))
    return true;
  return files.read(`${common}/packed-refs`)?.includes(REQUEST_REFS) === true;
}
