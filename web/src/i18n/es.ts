import { jobs } from './es/jobs.ts'
import { common, problems, shell, signIn, states } from './es/shell.ts'

/** The source of every text of the console: English must have the same shape. */
export const es = { common, jobs, problems, shell, signIn, states }

export type Texts = typeof es
