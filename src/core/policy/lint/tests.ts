import { hintTo } from '../../../domain/hint.ts';
import type { PolicyTest } from '../../../domain/ownership.ts';
import { type Check, type GuardAnswer, problemAt } from './context.ts';

/** Cases of `tests` that do not hold. */
export const testFailed: Check = (context) =>
  context.ownership.tests.flatMap((test, index) => {
    const answer = context.facts.describe(test.change, test.agent);
    if (holds(test, answer)) return [];
    const got = answer.ambiguous ? 'no decision' : (answer.refusal ?? 'allowed');
    const rule = answer.rule === null ? '' : `, by ${answer.rule}`;
    return [
      problemAt(context, `tests[${index}]`, {
        severity: 'error',
        rule: 'test-failed',
        message: `${test.agent} changing ${test.change}: expected ${test.expect}, got ${got} (${answer.reason}${rule})`,
        hint: hintTo('make the case hold, change the case or the rule that decides'),
        witness: test.change,
      }),
    ];
  });

function holds({ expect }: PolicyTest, { ambiguous, refusal }: GuardAnswer): boolean {
  if (ambiguous) return false;
  if (expect === 'allowed') return refusal === null;
  if (expect === 'refused') return refusal !== null;
  return refusal === (expect === 'needs-lock' ? 'lock-needed' : expect);
}
