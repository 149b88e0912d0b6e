import { hintTo } from '../../domain/hint.ts';
import { err, ok } from '../../domain/result.ts';
import type { Form } from './forms.ts';

/** `{number}_`, `Version: {number}`: where a migration has its number. */
export const numberTemplateForm: Form<string, string> = (text) =>
  text.split('{number}').length === 2 && text.length <= 200 && !/[\x00-\x1f\x7f]/.test(text)
    ? ok(text)
    : err({
        rule: 'wrong-value',
        message: `\`${text}\` does not say where the number stands`,
        hint: hintTo(
          'name its place, write {number} once, with what stands around it: Version: {number}',
        ),
      });
