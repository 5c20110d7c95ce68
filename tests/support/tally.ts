import type { Reporter, TestModule } from 'vitest/node'

/** What one project's run came to. A module that did not load, an unhandled error and a project without tests count as failed. */
export type Tally = {
  project: string
  files: number
  passed: number
  failed: number
  skipped: { file: string; name: string; why: string }[]
  seconds: number
}

/** Counts beside the reporter that people read. */
export function tally(project: string): { reporter: Reporter; result: () => Tally } {
  const began = Date.now()
  let result: Tally = { project, files: 0, passed: 0, failed: 0, skipped: [], seconds: 0 }
  const reporter: Reporter = {
    onTestRunEnd(modules, errors) {
      const counted = modules.map(ofModule)
      result = {
        project,
        files: modules.length,
        passed: counted.reduce((n, each) => n + each.passed, 0),
        failed: counted.reduce((n, each) => n + each.failed, 0) + errors.length + (modules.length === 0 ? 1 : 0),
        skipped: counted.flatMap((each) => each.skipped),
        seconds: Math.round((Date.now() - began) / 1000),
      }
      if (modules.length === 0) console.error(`No test file was found for the project ${project}.`)
    },
  }
  return { reporter, result: () => result }
}

function ofModule(module: TestModule): Pick<Tally, 'passed' | 'failed' | 'skipped'> {
  const tests = [...module.children.allTests()]
  const outcome = tests.map((test) => test.result())
  const failedTests = outcome.filter((each) => each.state === 'failed').length
  return {
    passed: outcome.filter((each) => each.state === 'passed').length,
    failed: failedTests + (failedTests === 0 && module.state() === 'failed' ? 1 : 0),
    skipped: tests.flatMap((test) => {
      const each = test.result()
      if (each.state !== 'skipped') return []
      return [{ file: module.relativeModuleId, name: test.fullName, why: each.note ?? '' }]
    }),
  }
}
