import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Command, defineCommand, flag, optional, required, several } from './define-command.ts'
import { subjects } from './index.ts'
import { refuse } from './outcome.ts'
import { runProgram } from './program.ts'
import { observe } from './testing.ts'
import { organizationNumber, path, text, time } from './values.ts'

const number = '17855099999'
const all: Command[] = (await Promise.all(subjects.map(async (subject) => [...(await subject.load()).commands]))).flat()

const sounds = [
  defineCommand({
    name: 'sounds make',
    summary: 'Make a sound',
    positionals: { animal: required(text, 'the animal') },
    options: {
      for: required(organizationNumber, 'who hears it'),
      at: optional(time, 'when'),
      loud: flag('loudly'),
    },
    asks: { secret: 'A secret' },
    example: 'dog --for 964338531',
    check: ({ animal, loud }) => (animal === 'fish' && loud ? '--loud is not for fish. Leave it out.' : undefined),
    async run({ values, ask, environment }) {
      const secret = await ask('secret')
      if (secret === 'hush') return refuse('hushed', 'Somebody sleeps.', `The number is ${number}.`)
      if (secret === 'fail') throw new Error('The dog is out.')
      return { result: { ...values, secret, mode: environment.mode }, text: `${values.animal} at ${values.at?.toISOString()}\n` }
    },
  }),
  defineCommand({
    name: 'sounds files',
    summary: 'Make the sounds of files',
    positionals: { paths: several(path, 'files') },
    isOffline: true,
    example: 'a.json',
    run: async ({ values }) => ({ result: values, text: values.paths.join() }),
  }),
]

async function sound(words: string[], input: string[] = [], source: Record<string, string> = {}) {
  const seen = { out: '', err: '' }
  const subject = { name: 'sounds', summary: 'Sounds', page: 'docs/sounds.md', load: async () => ({ commands: sounds }) }
  const terminal = {
    print: (words: string) => void (seen.out += words),
    complain: (words: string) => void (seen.err += words),
    ask: async () => input.shift() ?? '',
  }
  return { code: await runProgram([subject], words, { source, terminal }), ...seen }
}

const make = ['sounds', 'make', 'dog', '--for', '964338531']

test('a result goes to standard output, in words or as JSON', async () => {
  assert.deepEqual(await sound([...make, '--at', '2026-07-01'], ['x']), { code: 0, out: 'dog at 2026-06-30T22:00:00.000Z\n', err: '' })
  const { code, out, err } = await sound([...make, '--json', '--loud'], ['x'])
  assert.deepEqual([code, err], [0, ''])
  assert.deepEqual(JSON.parse(out), { animal: 'dog', for: '964338531', loud: true, secret: 'x', mode: 'development' })
})

test('a refusal goes to standard error, or is a problem as JSON; neither holds an identity number', async () => {
  const sentences = 'Somebody sleeps.\nThe number is [identity number].\n'
  assert.deepEqual(await sound(make, ['hush']), { code: 1, out: '', err: sentences })
  const { code, out, err } = await sound([...make, '--json'], ['hush'])
  assert.deepEqual([code, err], [1, ''])
  const issues = [{ text: 'Somebody sleeps.' }, { text: 'The number is [identity number].' }]
  assert.deepEqual(JSON.parse(out), { problem: { code: 'hushed', issues } })
})

test('what fails says why, with the exit code of a refusal', async () => {
  assert.deepEqual(await sound(make, ['fail']), { code: 1, out: '', err: 'The dog is out.\n' })
  assert.equal(JSON.parse((await sound([...make, '--json'], ['fail'])).out).problem.code, 'fault')
})

test('a wrong environment ends with 78, but for a command that needs none', async () => {
  const source = { HELSEVEV_MODE: 'test' }
  assert.deepEqual(await sound(make, [], source), { code: 78, out: '', err: 'HELSEVEV_MODE is one of development, production.\n' })
  assert.equal(JSON.parse((await sound(['--json', ...make], [], source)).out).problem.code, 'wrong-environment')
  assert.deepEqual(await sound(['sounds', 'files', 'a', 'b'], [], source), { code: 0, out: 'a,b', err: '' })
})

const wrong: [words: string[], says: RegExp][] = [
  [[], /^Name a command\.\nUsage: npx helsevev COMMAND/],
  [['sonds', 'make'], /^There is no command sonds\. Did you mean npx helsevev sounds make\?$/m],
  [['elephant'], /^There is no command elephant\. npx helsevev help lists what there is\.$/m],
  [['sounds'], /^Name a command of sounds\.\n[\s\S]*sounds make +Make a sound\.$/m],
  [['sounds', 'mkae', 'dog'], /^There is no command sounds mkae dog\. Did you mean npx helsevev sounds make\?$/m],
  [['sounds', 'make', 'dog'], /^--for is missing: who hears it\. Add --for NUMBER, an organisation number, nine digits\.$/m],
  [['sounds', 'make', '--for', '964338531'], /^ANIMAL is missing: the animal\. Add ANIMAL after sounds make, a text\.$/m],
  [[...make, '--luod'], /^--luod is no option of sounds make\. Did you mean --loud\?$/m],
  [[...make, '--colour', 'red'], /^--colour is no option of sounds make\. It takes --for, --at, --loud, --json, --help\.$/m],
  [[...make, '--at', 'soon'], /^--at takes a day or a time, .*, which "soon" is not\. Write for example --at 2026-12-31 or /m],
  [[...make, '--at'], /^--at lacks its value: a day or a time/m],
  [
    ['sounds', 'make', 'dog', '--at', '--for', '964338531'],
    /^--at lacks its value: [\s\S]*Usage: npx helsevev sounds make ANIMAL --for NUMBER/,
  ],
  [[...make, '--loud=yes'], /^--loud takes no value\./],
  [[...make, '--for', '964338531'], /^--for is given several times\. Give it once\.$/m],
  [[...make, 'cat'], /^"cat" is one word too many for sounds make\./],
  [['sounds', 'make', 'fish', '--for', '964338531', '--loud'], /^--loud is not for fish\. Leave it out\.$/m],
  [['sounds', 'make', number, '--for', '964338531'], /^An identity number is never an argument/],
  [[number], /^An identity number is never an argument/],
  [['sounds', number], /^An identity number is never an argument/],
  [['sounds', 'files', 'a', '--number', number], /^--number is no option of sounds files/],
]
for (const [words, says] of wrong) {
  test(`"${words.join(' ').replaceAll(number, '…')}" is wrong use, with a sentence`, async () => {
    const { code, out, err } = await sound(words)
    assert.deepEqual([code, out], [2, ''])
    assert.match(err, says)
    assert.ok(!err.includes(number))
    const json = JSON.parse((await sound([...words, '--json'])).out)
    assert.equal(json.problem.code, 'wrong-use')
  })
}

test('every fault of a command line is told at once', async () => {
  const { err } = await sound(['sounds', 'make', '--at', 'soon', '--colour'])
  assert.deepEqual(err.match(/^(--\w+|ANIMAL)/gm), ['--at', '--colour', '--for', 'ANIMAL'])
})

test('help is asked for in three ways, and of the whole, a subject or a command', async () => {
  for (const words of [['help'], ['--help'], ['-h']]) assert.match((await sound(words)).out, /^Usage: npx helsevev COMMAND \[OPTIONS\]/)
  for (const words of [
    ['help', 'sounds'],
    ['sounds', '--help'],
  ])
    assert.match((await sound(words)).out, /^sounds: Sounds\.\n\n {2}sounds make +Make a sound\.$/m)
  for (const words of [
    ['help', 'sounds', 'make'],
    ['sounds', 'make', '-h'],
    ['sounds', 'make', 'dog', '--colour', '--help'],
  ]) {
    const { code, out } = await sound(words)
    assert.equal(code, 0)
    assert.match(out, /^Usage: npx helsevev sounds make ANIMAL --for NUMBER \[--at TIME\] \[--loud\]\n\nMake a sound\.\n/)
    for (const part of ['--for NUMBER  who hears it', 'A secret', '78 wrong environment', 'docs/sounds.md'])
      assert.ok(out.includes(part), part)
  }
})

test('help with a name that no command has fails, with what was meant', async () => {
  for (const [words, says] of [
    [['help', 'sounds', 'mkae'], /^There is no command sounds mkae\. Did you mean npx helsevev sounds make\?$/m],
    [
      ['sounds', 'nothing-like-it', '--help'],
      /^There is no command sounds nothing-like-it\. npx helsevev help sounds lists what there is\.$/m,
    ],
    [['help', 'sounds', 'MAKE'], /^There is no command|^Name a command/m],
    [['help', 'elephant'], /^There is no command elephant\./m],
  ] as const) {
    const { code, err, out } = await sound([...words])
    assert.deepEqual([code, out], [2, ''], words.join(' '))
    assert.match(err, says)
  }
})

test('the commands of the program are named apart, and none hides another', () => {
  const names = all.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  for (const name of names)
    assert.deepEqual(
      names.filter((other) => other.startsWith(`${name} `)),
      [],
      name,
    )
})

test('a command has the first word of its subject, and the example of each can be read', async () => {
  for (const subject of subjects) {
    for (const command of (await subject.load()).commands) {
      assert.equal(command.name.split(' ')[0], subject.name)
      const { code, err } = await observe(`${command.name} ${command.example.replace(/<.*/, '')}`, { source: { HELSEVEV_MODE: 'test' } })
      // All is right but the environment; those without one are not run, but for their files.
      assert.ok(command.isOffline || code === 78 || /takes a file that exists/.test(err), `${command.name}: ${err}`)
    }
  }
})
