import type { Salary } from '#domain/job.ts'
import type { Texts } from '../../i18n/es.ts'
import type { Format } from '../../i18n/format.ts'

export function salaryText(salary: Salary, format: Format, jobs: Texts['jobs']): string {
  const { minMinor, maxMinor, currency, period } = salary
  const money = (minor: number) => format.money({ minor, currency })
  return `${range()} ${jobs.period[period]}`

  function range(): string {
    if (minMinor !== null && maxMinor !== null) {
      return minMinor === maxMinor ? money(minMinor) : `${money(minMinor)} – ${money(maxMinor)}`
    }
    if (minMinor !== null) return jobs.salaryFrom(money(minMinor))
    return maxMinor === null ? '' : jobs.salaryTo(money(maxMinor))
  }
}
