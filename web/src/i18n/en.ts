import { jobs } from './en/jobs.ts'
import { common, problems, shell, signIn, states } from './en/shell.ts'
import type { Texts } from './es.ts'

export const en = { common, jobs, problems, shell, signIn, states } satisfies Texts
