import type { RepoPath } from '../../domain/path.ts';
import type { Language } from './language-of.ts';

/**
 * True where code gives the name a meaning of its own: it assigns to it, takes it as a parameter or a field,
 * or declares it in any other way. It is generous: what is in doubt is declared. Only the key of an object in
 * JavaScript is a use, as far as it is known: it gives what somebody else asks for.
 *
 * @param code without comments and strings
 */
export function declares(code: string, name: string, language: Language): boolean {
  const word = `(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`;
  const before =
    '(?:const|let|var|def|class|func|function|fn|type|interface|enum|struct|trait|static|union|module|mod|for|as)';
  return [
    `\\b${before}[ \\t*]+(?:mut[ \\t]+)?${word}`,
    `${word}[ \\t]*(?::=|=(?![=>])${language === 'script' ? '' : '|:(?!:)'})`,
    `\\b(?:def|func|function|fn|lambda)\\b[^\\n]{0,300}[(,:][ \\t*&]*${word}`,
    `${word}[ \\t]*(?:,[ \\t]*[\\w$]+[ \\t]*)*(?::=|=(?![=>]))`,
    `[{,][ \\t]*${word}[^\\n]{0,200}\\}[ \\t]*=(?![=>])`,
    `\\([^()\\n]{0,200}${word}[^()\\n]{0,200}\\)[ \\t]*(?::[^\\n]{0,60})?=>`,
  ].some((pattern) => new RegExp(pattern).test(code));
}

/**
 * True where a file takes the name from a package of somebody else: nothing that a branch removes from a file
 * of the repository can be meant.
 *
 * @param text with its strings: they say from where
 * @param removed where the name was defined
 */
export function importsElsewhere(
  text: string,
  name: string,
  { language, removed }: { readonly language: Language; readonly removed: RepoPath },
): boolean {
  const word = `(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`;
  if (language === 'script') {
    const from = new RegExp(
      `\\bimport\\b[^;'"]{0,2000}${word}[^;'"]{0,2000}\\bfrom[ \\t\\n]*['"]([^'"\\n]+)['"]`,
    ).exec(text)?.[1];
    return from !== undefined && !/^(?:\.{1,2}\/|[@~#]\/|\/)/.test(from);
  }
  if (language !== 'python') return false;
  const from = new RegExp(
    `^[ \\t]*from[ \\t]+([\\w.]+)[ \\t]+import\\b[^#\\n]*(?:\\([^)]{0,4000})?${word}`,
    'm',
  );
  const module = from.exec(text)?.[1];
  if (module === undefined) return false;
  const last = module.slice(module.lastIndexOf('.') + 1);
  const places = removed.replace(/\.pyi?$/, '').split('/');
  return last !== '' && !places.includes(last);
}
