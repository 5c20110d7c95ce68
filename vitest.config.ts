import { defineConfig } from 'vitest/config'

/** Tests that start a whole stack of their own, wherever they lie. */
const OWN_STACK = 'tests/**/*.stack.test.ts'

export default defineConfig({
  test: {
    allowOnly: false,
    passWithNoTests: true,
    env: { METADATA_SERVER_DETECTION: 'none', NO_PROXY: '127.0.0.1,localhost', no_proxy: '127.0.0.1,localhost' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          exclude: [OWN_STACK],
          maxWorkers: 2,
          // A busy machine is slow, not wrong.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'emulated',
          include: ['tests/{contract,entry,rules,perf,simulation}/**/*.test.ts'],
          exclude: [OWN_STACK],
          globalSetup: 'tests/support/emulators-setup.ts',
          setupFiles: 'tests/support/emulators-of-run.ts',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts', OWN_STACK],
          // One whole stack at a time is what two cores carry.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
