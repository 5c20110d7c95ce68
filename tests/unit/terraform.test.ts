import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PLATFORMS } from '#domain/ids.ts'
import { projectFiles, ROOT, read } from '#tests/support/project-files.ts'
import { argumentMistakes, danglingReferences, parseModule, resources } from '#tests/support/terraform.ts'
import { functionNames, surveyFunction } from '../../scripts/build/build-function.ts'

const texts = Object.fromEntries(
  readdirSync(`${ROOT}terraform`)
    .filter((file) => file.endsWith('.tf'))
    .map((file) => [file, read(`terraform/${file}`)]),
)
const schema = JSON.parse(read('terraform/schema.json'))
const manifest = JSON.parse(read('functions/functions.json'))
const deployed = await parseModule(texts)
const code = projectFiles('functions/src').map((path) => read(path))

describe('the provider', () => {
  test('knows every resource type and argument, and every required argument is given', () => {
    expect(argumentMistakes(deployed, schema)).toEqual([])
    expect(resources(deployed).length).toBeGreaterThan(35)
  })

  test('every reference leads somewhere', () => expect(danglingReferences(deployed)).toEqual([]))

  const PLANTED: [file: string, from: string, to: string, mistake: string][] = [
    ['messages.tf', 'rate_limits {', 'rate_limit {', 'google_cloud_tasks_queue.queue.rate_limit: no such argument'],
    [
      'messages.tf',
      'min_backoff ',
      'minimum_backof ',
      'google_cloud_tasks_queue.queue.retry_config.minimum_backof: no such argument',
    ],
    ['messages.tf', '  location = var.region\n', '', 'google_cloud_tasks_queue.queue: location is required'],
    [
      'functions.tf',
      'max_instance_count ',
      'max_instances ',
      'google_cloudfunctions2_function.function.service_config.max_instances: no such argument',
    ],
    [
      'functions.tf',
      '        secret     = secret_environment_variables.value\n',
      '',
      'google_cloudfunctions2_function.function.service_config.secret_environment_variables: secret is required',
    ],
    [
      'firestore.tf',
      'field_path = fields',
      'fieldpath = fields',
      'google_firestore_index.index.fields.fieldpath: no such argument',
    ],
    [
      'access.tf',
      'google_service_account" "invoker',
      'google_service_acount" "invoker',
      'google_service_acount: no such resource type',
    ],
    [
      'alerts.tf',
      '  combiner              = "OR"\n',
      '',
      'google_monitoring_alert_policy.dead_letters: combiner is required',
    ],
  ]
  test.each(PLANTED)('%s: a planted mistake is caught (%s -> %s)', async (file, from, to, mistake) => {
    expect(texts[file]).toContain(from)
    const module = await parseModule({ ...texts, [file]: texts[file]?.replace(from, to) ?? '' })
    expect(argumentMistakes(module, schema)).toContain(mistake)
  })

  test.each([
    ['variables.tf', 'variable "gemini"', 'variable "gemni"', 'var.gemini'],
    ['main.tf', 'functions_url =', 'function_url =', 'local.functions_url'],
    [
      'secrets.tf',
      '"google_secret_manager_secret" "gemini"',
      '"google_secret_manager_secret" "llm"',
      'google_secret_manager_secret.gemini',
    ],
  ])('%s: a name that is gone is caught', async (file, from, to, reference) => {
    const module = await parseModule({ ...texts, [file]: texts[file]?.replace(from, to) ?? '' })
    expect(danglingReferences(module)).toContain(reference)
  })

  test('terraform fmt has nothing to change', (context) => {
    const answer = spawnSync('terraform', ['fmt', '-check', '-diff', `${ROOT}terraform`], { encoding: 'utf8' })
    if (answer.error) return context.skip('terraform is not installed here')
    expect(answer.stdout).toBe('')
  })
})

describe('functions.json', () => {
  const queues = Object.keys(manifest.queues)
  const triggers: { name: string; topic?: string; queue?: string }[] = Object.entries<{ trigger: object }>(
    manifest.functions,
  ).map(([name, { trigger }]) => ({ name, ...trigger }))
  const named = (key: 'topic' | 'queue') => triggers.flatMap((trigger) => trigger[key] ?? []).sort()

  test('a queue is named like the one function that it feeds, or says which one it is', () => {
    expect(triggers.filter(({ queue }) => queue).map(({ name, queue }) => [name, queue])).toEqual(
      triggers.filter(({ queue }) => queue).map(({ name }) => [name, name]),
    )
    const own = queues.filter((queue) => !manifest.queues[queue].function)
    expect(named('queue')).toEqual(own.sort())
    const others = queues.map((queue) => manifest.queues[queue].function).filter(Boolean)
    expect(others.filter((name) => !own.includes(name))).toEqual([])
  })

  test('every publishing queue has an urgent one beside it, that is faster and gives up no earlier', () => {
    const publishing = queues.filter((queue) => queue.startsWith('publish-'))
    expect(publishing.length).toBeGreaterThan(0)
    for (const name of publishing) {
      const urgent = manifest.queues[name.replace('publish-', 'urgent-')]
      expect(urgent, name).toMatchObject({ function: name, maxAttempts: manifest.queues[name].maxAttempts })
      expect(urgent.maxDispatchesPerSecond).toBeGreaterThan(manifest.queues[name].maxDispatchesPerSecond)
    }
  })

  test('every topic has its subscriber, every tick its schedule', () => {
    expect(named('topic')).toEqual([...manifest.topics].sort())
    const scheduled = Object.values<{ topic: string }>(manifest.schedules).map(({ topic }) => topic)
    expect(scheduled.sort()).toEqual(manifest.topics.filter((topic: string) => topic.startsWith('tick-')).sort())
  })

  test('whoever leaves a platform to another function does not carry it, and that one does', () => {
    const asked = Object.entries<{ trigger: { http?: { callers?: string[] } } }>(manifest.functions).flatMap(
      ([name, { trigger }]) => (trigger.http?.callers ?? []).map((caller) => ({ name, caller })),
    )
    expect(asked).toContainEqual({ name: 'ask-google-ads', caller: 'api' })
    for (const { name, caller } of asked) {
      const platform = name.replace('ask-', '')
      expect(manifest.functions[name].platforms).toEqual([platform])
      expect(manifest.functions[caller].platforms).not.toContain(platform)
    }
  })

  test('the code names no queue and no topic that is not there', () => {
    const tasks = code
      .flatMap((text) => [...text.matchAll(/\bqueue: (?:'([^']+)'|`([^`]+)`)/g)])
      .map(([, literal, template]) => literal ?? template ?? '')
    expect(tasks.length).toBeGreaterThan(0)
    const open = tasks.flatMap((name) =>
      name.includes('${')
        ? PLATFORMS.filter((platform) => functionNames().includes(`publish-${platform}`)).map((platform) =>
            name.replace(/\$\{.*\}/, platform),
          )
        : name,
    )
    expect(open.filter((name) => !queues.includes(name))).toEqual([])
    const topics = code
      .flatMap((text) => [...text.matchAll(/\.topic\('([^']+)'\)|DOMAIN_EVENTS = '([^']+)'/g)])
      .map(([, a, b]) => a ?? b)
    expect(topics.length).toBeGreaterThan(0)
    expect(topics.filter((name) => !manifest.topics.includes(name))).toEqual([])
  })

  test('the hosting sends requests to functions that exist, where terraform puts them', () => {
    const { rewrites } = JSON.parse(read('firebase.json')).hosting
    const runs: { serviceId: string; region: string }[] = rewrites.flatMap(({ run }: { run?: object }) => run ?? [])
    expect(runs.filter(({ serviceId }) => !manifest.functions[serviceId]?.trigger.http?.public)).toEqual([])
    expect(new Set(runs.map(({ region }) => `"${region}"`))).toEqual(
      new Set([/variable "region" \{[^}]*default\s+= ("[^"]+")/.exec(texts['variables.tf'] ?? '')?.[1]]),
    )
  })
})

describe('access', () => {
  type Access = { queues: string[]; reads: string[]; keeps: string[]; also: string[] }
  const access = deployed.flatMap((file) => file.locals ?? []).find((locals) => 'access' in locals)?.access as Record<
    string,
    Access
  >
  const FAMILIES = ['ads', 'clicks', 'feed']

  test('every function has its line, and no other', () =>
    expect(Object.keys(access).sort()).toEqual(functionNames().sort()))

  test('the queues and families of secrets that are granted exist', () => {
    const granted = Object.values(access)
    expect(granted.flatMap(({ queues }) => queues).filter((queue) => !manifest.queues[queue])).toEqual([])
    expect(
      granted.flatMap(({ reads, keeps }) => [...reads, ...keeps]).filter((family) => !FAMILIES.includes(family)),
    ).toEqual([])
  })

  test('the code makes no secret outside of the families', () => {
    const made = code
      .filter((text) => /secret/i.test(text))
      .flatMap((text) => [...text.matchAll(/`([a-z]+)-\$\{(?:org|feed)\w*\}/g)].map(([, family]) => family))
    expect(made).toContain('ads')
    expect(made.filter((family) => !FAMILIES.includes(family ?? ''))).toEqual([])
  })

  test.each(functionNames())('%s is granted what its code asks for, and nothing more', async (name) => {
    const { sources, adapters, ports } = await surveyFunction(name)
    const { queues, reads, keeps, also } = access[name] ?? { queues: [], reads: [], keeps: [], also: [] }
    const reaches = (adapter: string) => adapters.some((path) => path.startsWith(`./adapters/${adapter}/`))
    const signsIn = sources.some((path) => /\bsignIn\(/.test(read(path.slice(ROOT.length))))
    expect({
      tasks: queues.length > 0,
      secrets: reads.length + keeps.length > 0,
      ads: [...reads, ...keeps].includes('ads'),
      schedules: also.includes('schedules'),
      probes: also.includes('probes'),
      signsIn: also.includes('signs_in'),
      writesCopy: also.includes('writes_copy'),
    }).toEqual({
      tasks: reaches('tasks'),
      secrets: reaches('secrets'),
      ads: reaches('platforms'),
      schedules: reaches('scheduler'),
      probes: ports.includes('health'),
      signsIn,
      writesCopy: reaches('gemini'),
    })
  })

  test('ingest cannot read the tokens of ad accounts; advertising cannot read webhook secrets', () => {
    expect(access['ingest-jobs']?.reads).not.toContain('ads')
    expect(access['ingest-jobs']?.keeps).toEqual([])
    for (const name of ['publish-meta', 'publish-google-ads', 'sync-metrics', 'sync-google-ads'])
      expect([...(access[name]?.reads ?? []), ...(access[name]?.keeps ?? [])]).not.toContain('feed')
  })
})

test('every variable that the product reads is set by terraform, by Google, or by the local stack alone', () => {
  const env = read('functions/src/lib/env.ts')
  const used = [...new Set([...env.matchAll(/\bvars\.(\w+)/g)].map(([, name]) => name ?? ''))]
  const set = [...(texts['functions.tf'] ?? '').matchAll(/\b([A-Z][A-Z_]+)\s+=|key\s+= "(\w+)"/g)].map(
    ([, a, b]) => a ?? b,
  )
  const local = [...(/LOCAL_ONLY = \[([^\]]*)\]/.exec(env)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name)
  const byGoogle = ['FUNCTION_TARGET', 'GCLOUD_PROJECT']
  const byDefault = ['GEMINI_MODEL']
  expect(used.length).toBeGreaterThan(8)
  expect(used.filter((name) => ![...set, ...local, ...byGoogle, ...byDefault].includes(name))).toEqual([])
  expect(set.filter((name) => local.includes(name))).toEqual([])
})
