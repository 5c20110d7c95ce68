export interface DemoCountry {
  code: string
  es: string
  en: string
  currency: string
  /** What a month of the middle wage of the country is, in major units; fields and years multiply it. */
  wage: number
  /** Wages are rounded to this. */
  step: number
  /** Share of jobs and candidates. */
  weight: number
  cities: readonly { name: string; region: string; weight: number }[]
}

const city = (name: string, region: string, weight: number) => ({ name, region, weight })

export const COUNTRIES: readonly DemoCountry[] = [
  {
    ...{ code: 'CO', es: 'Colombia', en: 'Colombia', currency: 'COP', wage: 2_600_000, step: 50_000, weight: 44 },
    cities: [
      city('Bogotá', 'Cundinamarca', 10),
      city('Medellín', 'Antioquia', 7),
      city('Cali', 'Valle del Cauca', 4),
      city('Barranquilla', 'Atlántico', 3),
      city('Bucaramanga', 'Santander', 2),
    ],
  },
  {
    ...{ code: 'MX', es: 'México', en: 'Mexico', currency: 'MXN', wage: 15_000, step: 500, weight: 26 },
    cities: [
      city('Ciudad de México', 'Ciudad de México', 10),
      city('Guadalajara', 'Jalisco', 5),
      city('Monterrey', 'Nuevo León', 5),
      city('Puebla', 'Puebla', 2),
    ],
  },
  {
    ...{ code: 'PE', es: 'Perú', en: 'Peru', currency: 'PEN', wage: 2_800, step: 50, weight: 10 },
    cities: [city('Lima', 'Lima', 8), city('Arequipa', 'Arequipa', 2), city('Trujillo', 'La Libertad', 1)],
  },
  {
    ...{ code: 'ES', es: 'España', en: 'Spain', currency: 'EUR', wage: 1_900, step: 50, weight: 10 },
    cities: [
      city('Madrid', 'Madrid', 6),
      city('Barcelona', 'Cataluña', 5),
      city('Valencia', 'Comunidad Valenciana', 2),
      city('Sevilla', 'Andalucía', 2),
    ],
  },
  {
    ...{ code: 'CL', es: 'Chile', en: 'Chile', currency: 'CLP', wage: 900_000, step: 10_000, weight: 5 },
    cities: [city('Santiago', 'Región Metropolitana', 8), city('Concepción', 'Biobío', 2)],
  },
  {
    ...{ code: 'AR', es: 'Argentina', en: 'Argentina', currency: 'ARS', wage: 1_100_000, step: 10_000, weight: 5 },
    cities: [city('Buenos Aires', 'Ciudad Autónoma de Buenos Aires', 8), city('Córdoba', 'Córdoba', 3)],
  },
]
