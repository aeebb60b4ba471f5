import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relativeLinksOf, scriptsOf, sectionsOf } from './markdown.ts'

test('sections have the anchors that links use, also when a heading is repeated, and code blocks hold none', () => {
  const page = ['# The `log`', 'text', '```', '# a comment', '```', "## What's next?", '## Cause', '## Cause'].join('\n')
  assert.deepEqual(
    sectionsOf(page).map(({ heading, anchor, line }) => ({ heading, anchor, line })),
    [
      { heading: 'The log', anchor: 'the-log', line: 1 },
      { heading: "What's next?", anchor: 'whats-next', line: 6 },
      { heading: 'Cause', anchor: 'cause', line: 7 },
      { heading: 'Cause', anchor: 'cause-1', line: 8 },
    ],
  )
})

test('relative links are found; addresses, code and code blocks are not links', () => {
  const page = [
    '[a](a.md) ![b](img/b.png "B") [c](#c)',
    '[d](https://example.org) `[e](e.md)`',
    '```',
    '[f](f.md)',
    '```',
    '[g]: g.md',
  ].join('\n')
  assert.deepEqual(relativeLinksOf(page), [
    { value: 'a.md', line: 1 },
    { value: 'img/b.png', line: 1 },
    { value: '#c', line: 1 },
    { value: 'g.md', line: 6 },
  ])
})

test('scripts are found in prose and in code blocks; npm ci and npm install are none', () => {
  const page = ['Run `npm ci && npm test`, or `npm run audit -- verify`.', '```', 'npm start', 'npm install', '```'].join('\n')
  assert.deepEqual(scriptsOf(page), [
    { value: 'test', line: 1 },
    { value: 'audit', line: 1 },
    { value: 'start', line: 3 },
  ])
})
