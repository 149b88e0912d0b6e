import type { Finding } from '../../domain/finding.ts';
import type { OutsideChange, StatusRow } from '../../domain/reports/status.ts';

/** The uncommitted changes of a row as findings. Nothing is refused here, so none is an error. */
export function outsideFindings({ agent, worktree, next }: StatusRow): Finding[] {
  const outside = worktree?.changes?.outside ?? [];
  return outside.map(({ path, operation, code, owner, rule, ...change }) => ({
    code,
    severity: adviceOf(change),
    path,
    ops: [operation],
    agent,
    ...(owner.length > 0 && { owner }),
    ...(rule !== null && { rule }),
    message: `uncommitted in ${worktree!.relative}: ${change.message}`,
    ...(next?.why === 'outside' && { hint: next.hint }),
  }));
}

/** A finding of a row, said as advice. */
export const asAdvice = (finding: Finding): Finding => ({
  ...finding,
  severity: adviceOf(finding),
});

const adviceOf = ({ severity }: Pick<OutsideChange, 'severity'>): Finding['severity'] =>
  severity === 'error' ? 'warning' : severity;
