import { hintTo } from '../../domain/hint.ts';
import { err, ok } from '../../domain/result.ts';
import type { Form } from './forms.ts';

/** Bytes, from a number and a unit of 1,024 each. */
export const memoryForm: Form<string, number> = (text) => {
  const [, digits, unit = ''] = /^([1-9]\d{0,5})([KMGT])$/.exec(text) ?? [];
  if (digits !== undefined) return ok(Number(digits) * 1024 ** ('KMGT'.indexOf(unit) + 1));
  return err({
    rule: 'wrong-value',
    message: `\`${text}\` is not an amount of memory`,
    hint: hintTo('give memory, write 512M or 12G'),
  });
};
