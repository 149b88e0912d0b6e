import * as v from 'valibot';
import { hintTo } from '../../domain/hint.ts';
import { err, ok } from '../../domain/result.ts';
import { type Form, lineForm } from './forms.ts';
import { describe, writtenLeaf as form } from './written-leaf.ts';

/** A word of its own, or a template with `{text}` once and `{agent}` at most once. */
const titleForm: Form<string, string> = (text) => {
  const fields = Array.from(text.matchAll(/\{(\w*)\}/g), ([, name]) => name);
  const once = (name: string): number => fields.filter((field) => field === name).length;
  const known = fields.every((field) => field === 'agent' || field === 'text');
  if (text === 'conventional' || (known && once('text') === 1 && once('agent') <= 1))
    return lineForm(text);
  return err({
    rule: 'wrong-value',
    message: `\`${text}\` is not a template of a title`,
    hint: hintTo("name the form of a title, write conventional, or a template: '[{agent}] {text}'"),
  });
};

/** A trailer's name, as git-interpret-trailers(1) takes it. */
const trailerForm: Form<string, string> = (text) =>
  /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(text)
    ? ok(text)
    : err({
        rule: 'wrong-value',
        message: `\`${text}\` cannot be the name of a trailer`,
        hint: hintTo('name a trailer, use letters, digits and hyphens: Agent'),
      });

const labels = v.array(form(lineForm, { minLength: 1 }));

/** `pull_requests` of `ownership.yml`. */
export const WrittenPullRequests = v.strictObject({
  title: describe(
    form(titleForm, { minLength: 1, examples: ['[{agent}] {text}', 'conventional'] }),
    'What a title must be: a template with {text} once, and {agent} for the id; or conventional.',
  ),
  labels: describe(
    v.strictObject({
      all: describe(labels, 'Labels that must be there.'),
      none: describe(labels, 'Labels that must not be there.'),
    }),
    'Labels of a pull request.',
  ),
  commits: describe(
    v.strictObject({
      form: describe(v.picklist(['conventional']), 'What a subject must be.'),
      subject: describe(
        v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(1000)),
        'Most characters of a subject.',
      ),
      trailer: describe(form(trailerForm), 'The trailer that names the agent: Agent.'),
    }),
    'What the commits of a branch must be; reverts, fixups and merges are not asked.',
  ),
});
