import { expect, test } from 'vitest'
import { adflux } from './adflux.ts'

test('without words it shows what there is, grouped, with examples', async () => {
  const { code, stdout, stderr } = await adflux([])
  expect(code).toBe(0)
  expect(stderr).toBe('')
  for (const part of ['Openings and people:', 'Advertising:', 'Operation:', 'Examples:', '$ adflux jobs import'])
    expect(stdout).toContain(part)
})

test.each([
  ['data', 'create', 'seed'],
  ['jobs', 'list', 'view', 'create', 'import', 'close', 'reopen'],
  ['candidates', 'list', 'view', 'create', 'import', 'segment'],
  ['applications', 'list', 'create', 'move'],
  ['campaigns', 'list', 'view', 'create', 'plan', 'edit', 'publish', 'pause', 'resume', 'close', 'sync', 'metrics'],
  ['ml', 'train', 'predict', 'analyze'],
  ['feeds', 'add', 'list', 'view', 'pull', 'remove'],
  ['connections', 'add', 'list', 'check'],
  ['schedules', 'list', 'set'],
  ['tasks', 'list', 'redrive'],
  ['notices', 'list', 'read'],
])('%s has its verbs, and each of them a help page', async (noun, ...verbs) => {
  const { stdout } = await adflux([noun, '--help'])
  for (const verb of verbs) {
    expect(stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'))
    const page = await adflux([noun, verb, '--help'])
    expect(page.code).toBe(0)
    expect(page.stdout).toContain(`Usage: adflux ${noun} ${verb}`)
    expect(page.stdout).toContain('--json')
  }
})

test.each([
  [['jbs', 'list'], "unknown command 'jbs'; did you mean jobs? See: adflux --help"],
  [['jobs', 'lst'], "unknown command 'lst'; did you mean list? See: adflux jobs --help"],
  [['tasks', 'frobnicate'], "unknown command 'frobnicate'; tasks has list, redrive. See: adflux tasks --help"],
  [['jobs', 'list', '--sorce', 'x'], "unknown option '--sorce'; did you mean --source? See: adflux jobs list --help"],
  [['jobs', 'view'], 'no id is given: adflux jobs view <id or ref>. See: adflux jobs view --help'],
  [['jobs', 'view', 'JOB-0001', '--id', 'JOB-0002'], 'two ids are given, JOB-0001 and JOB-0002'],
  [['jobs', 'list', 'now'], 'too many arguments'],
  [['jobs', 'list', '--status', 'ajar'], 'It is one of open, closed. See'],
  [['jobs', 'list', '--limit', '201'], 'It must be a whole number from 1 to 200. See'],
  [['jobs', 'create'], 'an opening needs --title, or --file'],
  [['campaigns', 'create'], "required option '--job-id <id>' not specified"],
  [['ml', 'train', '--clusters', '2.5'], 'It must be a whole number of at least 1'],
  [['candidates', 'import', 'x.csv', '--map', 'years'], 'Write it as name=value'],
  [['candidates', 'import', 'x.csv', '--currency', 'COP'], '--currency needs to know the column of the salary'],
  [['candidates', 'create', '--consent', 'recruiting'], 'a consent needs --consent-text'],
  [['schedules', 'set', 'schedule-sync'], 'nothing to change'],
  [['connections', 'check'], 'no platform is given, such as meta'],
])('%j is wrong usage: exit 2, one line, nothing on stdout', async (argv, words) => {
  const { code, stdout, stderr } = await adflux(argv)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(/^adflux: /)
})

test('a noun without a verb shows its verbs and exits 2', async () => {
  const { code, stdout, stderr } = await adflux(['jobs'])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('Usage: adflux jobs')
})
