import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeUpLanding } from '../../../src/core/landing/transitions.ts';
import { afterLanding } from '../../../src/services/landing/after-landing.ts';
import { changeJournal } from '../../../src/services/landing/landing-work.ts';
import { runLanding } from '../../../src/services/landing/run-landing.ts';
import { workOfLast } from '../../../src/services/landing/work-of-last.ts';
import { withPolicy } from '../../../src/services/session/session.ts';
import { hostIn } from '../../support/host.ts';
import { scratchDirectory } from '../../support/repository.ts';
import { BRANCHES, land, landable, WHOLE } from './fixture.ts';

const HOUR = 3_600_000;

it.runIf(WHOLE)(
  '66 a lander that slept past its time lands nothing any more, and hears who took over',
  async () => {
    const [asleep, awake] = ['asleep', 'awake'].map((name) => join(scratchDirectory(), name)) as [
      string,
      string,
    ];
    // The first run sleeps until it is told; whoever comes after it does not.
    const check = `test -e ${asleep} || { touch ${asleep}; until test -e ${awake}; do sleep 0.05; done; }`;
    const mine = landable({ 'a1/x': BRANCHES['a1/x']!, 'a3/x': BRANCHES['a3/x']! }, check);
    const origin = mine.at('../origin.git');
    mine.git('init', '-q', '--bare', '-b', 'main', origin.directory);
    mine.git('remote', 'add', 'origin', origin.directory);
    mine.git('push', '-q', 'origin', 'main', 'refs/heads/feat/*:refs/heads/feat/*');
    const clone = mine.at('../clone');
    mine.git('clone', '-q', origin.directory, clone.directory);
    clone.git(
      'fetch',
      '-q',
      'origin',
      'refs/heads/feat/*:refs/heads/feat/*',
      'refs/bailiwick/*:refs/bailiwick/*',
    );
    const sleeper = land(mine, { local: false, push: true, once: true }).catch(
      (error: unknown) => error,
    );
    while (!existsSync(asleep)) await new Promise((resolve) => setTimeout(resolve, 20));
    clone.git('fetch', '-q', 'origin', 'refs/bailiwick/*:refs/bailiwick/*');

    const takeOver = (hours: number) =>
      withPolicy(hostIn(clone, { now: () => Date.now() + hours * HOUR }), async (session) => {
        const work = await workOfLast(session, new AbortController().signal);
        const mark = { pid: 7, host: 'elsewhere', started: null };
        const other = { ...work, asker: { mark, isAlive: () => false } };
        const journal = await runLanding(other, await changeJournal(other, takeUpLanding));
        await afterLanding(other, journal);
        return journal;
      });
    await expect(takeOver(0)).rejects.toThrow(/is landing on main/);
    const journal = await takeOver(1);
    expect(journal.end).toBe('done');
    const landed = origin.git('rev-parse', 'main');
    expect(landed).toBe(journal.onto);

    writeFileSync(awake, '');
    expect(String(await sleeper)).toContain('process 7 on elsewhere has taken the landing over');
    expect(origin.git('rev-parse', 'main')).toBe(landed);
    const receipts = [
      'rev-list',
      '--count',
      '--first-parent',
      'refs/bailiwick/receipts/main',
      '^main',
    ];
    expect(origin.git(...receipts)).toBe('1');
  },
);
