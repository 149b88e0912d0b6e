import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES, type Finding } from '../../src/domain/finding.ts';
import { decodeRepoPath, encodeRepoPath } from '../../src/domain/path.ts';
import { renderSarif } from '../../src/render/sarif.ts';
import { checkReport, example, examples, path } from './examples.ts';

/**
 * What SARIF 2.1.0 (OASIS, sections in brackets) and GitHub's code scanning require of what is
 * written here, put down by hand. Nothing else is allowed, so that a new property is looked up first.
 */
const text = { type: 'string', minLength: 1 };
const message = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text },
}; // 3.11
const level = { enum: ['none', 'note', 'warning', 'error'] }; // 3.27.10
const closed = (properties: Record<string, unknown>, required: string[]): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const schema = closed(
  {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' }, // 3.13.2
    runs: {
      type: 'array',
      minItems: 1,
      items: closed(
        {
          // 3.18, 3.19: a driver with a name, rules with an id each
          tool: closed(
            {
              driver: closed(
                {
                  name: text,
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: closed(
                      {
                        id: text,
                        shortDescription: message,
                        fullDescription: message,
                        help: message,
                        helpUri: { type: 'string', format: 'uri' },
                      },
                      ['id', 'shortDescription', 'fullDescription', 'help'],
                    ),
                  },
                },
                ['name', 'rules'],
              ),
            },
            ['driver'],
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] }, // 3.14.17
          invocations: {
            type: 'array', // 3.20
            items: closed(
              {
                executionSuccessful: { type: 'boolean' },
                toolExecutionNotifications: {
                  type: 'array',
                  items: closed({ level, message }, ['message']), // 3.58
                },
              },
              ['executionSuccessful'],
            ),
          },
          results: {
            type: 'array',
            items: closed(
              {
                ruleId: text,
                ruleIndex: { type: 'integer', minimum: 0 },
                level,
                message,
                locations: {
                  type: 'array', // 3.28, 3.29; GitHub wants one with a line
                  minItems: 1,
                  items: closed(
                    {
                      physicalLocation: closed(
                        {
                          artifactLocation: closed(
                            { uri: { type: 'string', format: 'uri-reference' }, uriBaseId: text },
                            ['uri'],
                          ),
                          region: closed({ startLine: { type: 'integer', minimum: 1 } }, [
                            'startLine',
                          ]),
                        },
                        ['artifactLocation', 'region'],
                      ),
                    },
                    ['physicalLocation'],
                  ),
                },
                partialFingerprints: {
                  type: 'object',
                  minProperties: 1,
                  additionalProperties: text,
                }, // 3.27.17
                properties: { type: 'object' },
              },
              ['ruleId', 'message', 'locations', 'partialFingerprints'],
            ),
          },
          properties: { type: 'object' },
        },
        ['tool', 'results'],
      ),
    },
  },
  ['version', 'runs'],
);
const uri = /^[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/i;
const reference = /^(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})+$/;
const ajv = new Ajv({ formats: { uri, 'uri-reference': reference } });
const validate = ajv.compile(schema);

interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly { readonly id: string; readonly helpUri?: string }[];
        };
      };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly unknown[];
        },
      ];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [
          { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
        ];
        readonly partialFingerprints: { readonly primaryLocationLineHash: string };
      }[];
    },
  ];
}

function render(findings: readonly Finding[], ...more: [documentation?: string]): Log['runs'][0] {
  const log = JSON.parse(renderSarif(checkReport(findings), ...more)) as Log;
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  return log.runs[0];
}
const uriOf = (result: Log['runs'][0]['results'][0]): string =>
  result.locations[0].physicalLocation.artifactLocation.uri;

describe('renderSarif', () => {
  it('is SARIF 2.1.0, with a finding of each code', () => {
    const run = render(examples, 'https://docs.test/x');
    expect(run.results.map(({ ruleId }) => ruleId)).toEqual(FINDING_CODES);
    for (const { ruleId, ruleIndex } of run.results)
      expect(run.tool.driver.rules[ruleIndex]).toMatchObject({
        id: ruleId,
        helpUri: `https://docs.test/x/findings.md#${ruleId}`,
      });
  });

  it('is SARIF 2.1.0 without findings, and without a place for the documentation', () => {
    expect(render([]).results).toEqual([]);
    expect(render(examples).tool.driver.rules.some((rule) => 'helpUri' in rule)).toBe(false);
  });

  it.each([
    ['error', 'error'],
    ['warning', 'warning'],
    ['notice', 'note'],
  ] as const)('calls an %s %s', (severity, name) => {
    expect(render([{ ...example('frozen'), severity }]).results[0]!.level).toBe(name);
  });

  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['a b#c?d%', 'a%20b%23c%3Fd%25'],
    ['é', '%C3%A9'],
    ['c\udce9', 'c%E9'],
    ['mailto:x', 'mailto%3Ax'],
  ])('names %j by its bytes: %s', (name, encoded) => {
    expect(uriOf(render([{ ...example('frozen'), path: path(name) }]).results[0]!)).toBe(encoded);
  });

  it('gives every path a reference that reads back as the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (bytes) => {
        const finding = { ...example('frozen'), path: decodeRepoPath(bytes) };
        const encoded = uriOf(render([finding]).results[0]!);
        const back = encoded.replace(/%(..)/g, (_match, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        );
        expect([...Buffer.from(back, 'latin1')]).toEqual([...encodeRepoPath(finding.path)]);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('shows a finding without a path at the policy', () => {
    expect(uriOf(render([example('identity-mismatch')]).results[0]!)).toBe('ownership.yml');
  });

  it('keeps the fingerprint when only the words or the place of the rule change', () => {
    const fingerprint = (finding: Finding): string =>
      render([finding]).results[0]!.partialFingerprints.primaryLocationLineHash;
    const finding = example('owned-by-other');
    expect(fingerprint({ ...finding, message: 'other words', rule: 'agents.a1.owns[7]' })).toBe(
      fingerprint(finding),
    );
    expect(fingerprint({ ...finding, path: path('else') })).not.toBe(fingerprint(finding));
    const all = render(examples).results.map(
      (each) => each.partialFingerprints.primaryLocationLineHash,
    );
    expect(new Set(all).size).toBe(examples.length);
  });

  it('makes no link and no terminal command of hostile words', () => {
    const message = '[click](1) \x1b[31m\u202e';
    const said = render([{ ...example('branch-too-large'), message }]).results[0]!.message.text;
    expect(said.split('. To ')[0]).toBe('[click] (1) \\x1b[31m\\u202e');
  });

  it('leaves out what GitHub would refuse the whole for, and says so', () => {
    const run = render(Array.from({ length: 25_003 }, () => example('frozen')));
    expect(run.results).toHaveLength(25_000);
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: '3 more findings left out' } },
    ]);
  });

  it('says when nothing was decided', () => {
    const report = checkReport([example('identity-unknown')], {}, { verdict: 'undecided' });
    const log = JSON.parse(renderSarif(report)) as Log;
    expect(log.runs[0].invocations[0].executionSuccessful).toBe(false);
  });
});
