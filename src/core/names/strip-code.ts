import type { Language } from './language-of.ts';

/** Comments and strings, each with what ends it. A string ends with its line unless it may go on. */
const NOISE: Readonly<Record<Exclude<Language, 'script'>, RegExp>> = {
  c: /\/\*[^]*?(?:\*\/|$(?![^]))|\/\/.*|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\.)+'/g,
  go: /\/\*[^]*?(?:\*\/|$(?![^]))|\/\/.*|`[^`]*`?|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)+'/g,
  python:
    /#.*|"""(?:[^\\]|\\[^])*?(?:"""|$(?![^]))|'''(?:[^\\]|\\[^])*?(?:'''|$(?![^]))|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?/g,
  ruby: /^=begin\b[^]*?(?:^=end\b.*|$(?![^]))|#(?!\{).*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/gm,
  rust: /\/\*[^]*?(?:\*\/|$(?![^]))|\/\/.*|\br(#*)"[^]*?(?:"\1|$(?![^]))|"(?:[^"\\]|\\[^])*"?|'(?:[^'\\\n]|\\.)'/g,
};

/** What opens or closes something in JavaScript; a slash after one of these signs or words begins an expression. */
const SCRIPT_MARK =
  /\/\*[^]*?(?:\*\/|$(?![^]))|\/\/.*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|(?<=(?:^|[=(,:[!&|?{};+>]|\breturn)\s{0,20})\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,100}\]){1,200}\/|[`{}]/gm;
/** What follows of a template, up to its end or to the next expression in it. */
const TEMPLATE_REST = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{|$(?![^]))/y;

/** The code of a text: comments and strings are blanks, every line stays where it is. */
export const stripCode = (text: string, language: Language): string =>
  language === 'script' ? stripScript(text) : text.replace(NOISE[language], blank);

/** Templates hold code that holds templates: no one expression tells where they end. */
function stripScript(text: string): string {
  const kept: string[] = [];
  /** For each template that is open around this place: the braces open in its expression. */
  const open: number[] = [];
  let at = 0;
  const mark = new RegExp(SCRIPT_MARK);
  const rest = new RegExp(TEMPLATE_REST);
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const [sign] = found;
    const depth = open.at(-1);
    kept.push(text.slice(at, found.index));
    at = found.index + sign.length;
    if (sign === '{' && depth !== undefined) open[open.length - 1] = depth + 1;
    if (sign === '}' && depth !== undefined && depth > 0) open[open.length - 1] = depth - 1;
    const goesOn = sign === '}' && depth === 0;
    if (sign !== '`' && !goesOn) {
      kept.push(sign.length === 1 ? sign : blank(sign));
      continue;
    }
    if (goesOn) open.pop();
    rest.lastIndex = at;
    const [part] = rest.exec(text)!;
    if (part.endsWith('${')) open.push(0);
    kept.push(blank(sign + part));
    mark.lastIndex = at = at + part.length;
  }
  kept.push(text.slice(at));
  return kept.join('');
}

const blank = (noise: string): string =>
  noise.replace(/[^\n]+/g, (line) => ' '.repeat(line.length));
