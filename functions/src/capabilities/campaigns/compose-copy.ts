import { isUsableCopy, templateCopy } from '#domain/copy.ts'
import type { Creative } from '#domain/creative.ts'
import type { Job } from '#domain/job.ts'
import type { Locale } from '#domain/org.ts'
import type { Ports } from '#functions/ports/index.ts'

type Copy = Pick<Creative, 'primaryText' | 'headline' | 'description' | 'copyBy'>

const languageOf = (job: Job, fallback: Locale): Locale =>
  job.language?.startsWith('es') ? 'es' : job.language?.startsWith('en') ? 'en' : fallback

/** Copy within the limits: the model's where one is configured and its answer passed, else a template. Never fails for want of one. */
export async function composeCopy(
  { copywriter }: Pick<Ports, 'copywriter'>,
  job: Job,
  language: Locale = languageOf(job, 'es'),
): Promise<Copy> {
  const place = job.places[0]?.city ?? job.places[0]?.text ?? null
  const facts = { language, title: job.title, company: job.company, place }
  const written = await copywriter.write({ ...facts, description: job.description.slice(0, 8000) })
  if (written && isUsableCopy(written)) return { ...written, copyBy: 'gemini' }
  return { ...templateCopy({ ...facts, remote: job.remote === 'remote' }), copyBy: 'template' }
}
