import { describe, expect, it } from 'vitest';
import { parseAhead, questionsAhead } from '../../../src/git/objects/ahead.ts';

const OID = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const RAW = `:100644 100644 ${OID} ${OTHER} M\0web/a "b".ts\0:000000 100644 ${OID} ${OTHER} A\0x\0`;
const ANSWERS = `${OID} blob 5 HEAD:a\na\nb\nc\nrefs/heads/b missing\n${OTHER} tree 0 HEAD^{tree}\n\n`;
const WHOLE = `fields\n${RAW}\0` + `0\n${ANSWERS}`;

const parse = (text: string) => parseAhead(Buffer.from(text, 'latin1'));

describe('what git was asked ahead', () => {
  it('is read by name and by object', () => {
    const ahead = parse(WHOLE)!;
    expect(ahead.staged.toString()).toBe(RAW);
    expect([...ahead.objects.keys()]).toEqual([
      'HEAD:a',
      OID,
      'refs/heads/b',
      'HEAD^{tree}',
      OTHER,
    ]);
    expect(ahead.objects.get('HEAD:a')).toMatchObject({
      type: 'blob',
      data: Buffer.from('a\nb\nc'),
    });
    expect(ahead.objects.get('refs/heads/b')).toBeNull();
    expect(ahead.objects.get(OTHER)).toMatchObject({ type: 'tree', size: 0 });
  });

  it('may come as lines, where no name is quoted', () => {
    const lines = RAW.replace(' "b"', '').replace(/\0(.*?)\0/g, '\t$1\n');
    const ahead = parse(`lines\n${lines}\0` + `0\n${ANSWERS}`)!;
    expect(ahead.staged.toString()).toBe(RAW.replace(' "b"', ''));
    expect(ahead.objects.size).toBe(5);
  });

  it('is empty where nothing is staged', () => {
    expect(parse('fields\n\0' + '0\n')).toMatchObject({ staged: Buffer.alloc(0) });
  });

  it('is nothing where git could not list', () => {
    const texts = ['', 'fields\n', `fields\n${RAW}`, `fields\n${RAW}\0` + '128\n', '\0' + '0\n'];
    for (const text of texts) expect(parse(text)).toBeNull();
  });

  it('is whole or nothing wherever it is cut off', () => {
    const whole = parse(WHOLE)!;
    for (let length = 0; length < WHOLE.length; length += 1) {
      const cut = parse(WHOLE.slice(0, length));
      if (cut === null) continue;
      expect(cut.staged).toEqual(whole.staged);
      for (const [name, object] of cut.objects) expect(object).toEqual(whole.objects.get(name));
    }
  });
});

describe('the questions of the next time', () => {
  it('are those of this time, then earlier ones, each once; of a commit its tree as well', () => {
    expect(questionsAhead(['HEAD^{commit}', OID], `${OTHER} ${OTHER}\n${OID} ${OID}\n`)).toBe(
      ['HEAD^{commit}', 'HEAD^{tree}', OID, OTHER].map((name) => `${name} ${name}\n`).join(''),
    );
  });

  it('hold no name that a line cannot, and a bounded number of short ones', () => {
    const odd = ['HEAD:a b', 'HEAD:\t', 'HEAD:é', `HEAD:${'x'.repeat(300)}`, ''];
    expect(questionsAhead(odd, 'no line of ours\n\0\n')).toBe('no no\n');
    const many = Array.from({ length: 500 }, (_, at) => `refs/heads/${at}`);
    expect(questionsAhead(many, '').split('\n')).toHaveLength(33);
  });
});
