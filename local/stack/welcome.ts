import type { LocalProfile } from './local-profile.ts'

const JOB = {
  externalId: 'demo-1001',
  title: 'Desarrolladora backend',
  company: 'Demo Talento',
  location: { city: 'Bogotá', country: 'CO' },
  description: 'APIs en Node.js y TypeScript para un equipo de doce personas. Remoto dentro de Colombia.',
  applyUrl: 'https://careers.demo-talento.example/jobs/1001',
}

/** What is printed when everything is up: where to go, and two commands to try. */
export function welcome(profile: LocalProfile, seconds: string, state: string): string {
  const { consoleUrl } = profile
  return `
AdFlux is ready at ${consoleUrl} (${seconds} s)

  Sign in with one click:  ${consoleUrl}/local/signin?user=admin
  Other users and keys:    ${state}/local.json
  Logs:                    ${state}/logs

  Push a job:
${push(profile, JOB)}

  Close it:
${push(profile, { externalId: JOB.externalId, status: 'closed' })}

  Stop with Ctrl-C.
`
}

const push = ({ ingestUrl, apiKey }: LocalProfile, job: object): string =>
  `  curl -sS ${ingestUrl}/v1/jobs -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -d '${JSON.stringify(job)}'`
