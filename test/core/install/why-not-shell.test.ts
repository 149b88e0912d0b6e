import { expect, it } from 'vitest';
import { whyNotShell } from '../../../src/core/install/why-not-shell.ts';

const NO_SHELL = 'it is no shell script';

it.each<[content: string, reason: string | null]>([
  ['', null],
  ['echo without #!\n', null],
  ['#!/bin/sh\n', null],
  ['#!/bin/sh', null],
  ['#! /bin/sh -e\n', null],
  ['#!/usr/bin/env bash\n', null],
  ['#!/usr/bin/env -S bash -eu\n', null],
  ['#!/opt/homebrew/bin/zsh\n', null],
  ['#!/bin/busybox sh\n', null],
  ['#!sh\n', null],
  ['#!/bin/sh\r\n', 'its lines end in CR LF'],
  ['#!/usr/bin/env python3\n', NO_SHELL],
  ['#!/usr/bin/env node\n', NO_SHELL],
  ['#!/usr/bin/fish\n', NO_SHELL],
  ['#!/bin/csh\n', NO_SHELL],
  ['#!/bin/sh -c "exec python3 x"\n', NO_SHELL],
  ['#!/bin/bash -o pipefail\n', NO_SHELL],
  ['#!/usr/bin/env sh x.sh\n', NO_SHELL],
  ['#!/home/me/bash/python\n', NO_SHELL],
  ['\x7fELF\0\0', 'it is a binary'],
])('%j', (content, reason) => {
  expect(whyNotShell(content)).toBe(reason);
});
