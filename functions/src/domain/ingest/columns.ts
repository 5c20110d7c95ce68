import { plain } from './text.ts'

/** What the columns of tables and the elements of XML feeds are called, in Spanish and English, in plain form. */
const NAMES = {
  id: 'id|job id|jobid|job uid|uid|external id|externalid|reference number|referencenumber|reference|requisition id|requisitionid|req id|ref|partnerjobid|codigo|codigo oferta|codigo vacante|id vacante|id oferta|referencia|clave|folio',
  title:
    'title|job title|jobtitle|position|name|titulo|puesto|cargo|vacante|posicion|nombre del puesto|nombre vacante|oferta',
  company:
    'company|company name|companyname|employer|organization|empresa|nombre empresa|compania|empleador|organizacion',
  department: 'department|team|area|departamento area',
  city: 'city|town|ciudad|localidad|municipio',
  region: 'region|state|province|provincia',
  country: 'country|country code|pais|codigo pais',
  location: 'location|location raw|job location|place|ubicacion|lugar',
  salary: 'salary|salary raw|salary range|salaryrange|compensation|pay|salario|sueldo|remuneracion|salario ofrecido',
  salaryMin:
    'salary min|min salary|salary min orig|minimum salary|minimumsalary|salario minimo|sueldo minimo|salario desde',
  salaryMax:
    'salary max|max salary|salary max orig|maximum salary|maximumsalary|salario maximo|sueldo maximo|salario hasta',
  currency: 'salary currency|salarycurrency|currency|currency original|moneda|divisa',
  period:
    'salary schedule|salary period|salary interval|salaryinterval|salary interval orig|salary unit|periodo|periodicidad|periodo salario|frecuencia de pago',
  employmentType:
    'employment type|employmenttype|job type|jobtype|contract|contract type|contract raw|tipo de contrato|contrato|jornada|tipo de empleo|tipo empleo',
  remote:
    'remote|remotetype|remote type|is remote|workplace type|work mode|modalidad|modalidad de trabajo|teletrabajo|remoto',
  experience: 'experience|experience level|seniority|experiencia|nivel de experiencia',
  education: 'education|education level|educacion|nivel educativo|escolaridad|estudios|formacion',
  skills: 'skills|required skills|habilidades|competencias|tecnologias|conocimientos',
  description: 'description|job description|body|descripcion|descripcion del puesto|detalle',
  url: 'url|link|job url|apply url|applyurl|application url|apply link|enlace|url de la oferta|liga',
  language: 'language|lang|idioma',
  postedAt:
    'date|date posted|posted at|posted date|posted|published at|publication date|pubdate|fecha|fecha de publicacion|fecha publicacion|publicado',
  closesOn:
    'expiration date|expirationdate|expiry date|closing date|closes on|closeson|deadline|valid through|expires|expire|end date|fecha de cierre|fecha cierre|fecha limite|fecha de vencimiento|vence',
  updatedAt: 'updated at|updatedat|last updated|last modified|modified|fecha de actualizacion|actualizado',
  status: 'status|job status|situacion|estatus',
} as const
export type Column = keyof typeof NAMES
export const COLUMNS = Object.keys(NAMES) as Column[]

const BY_NAME = new Map(
  COLUMNS.flatMap((column) => NAMES[column].split('|').map((name): [string, Column] => [name, column])),
)

export type Headers = Partial<Record<Column, string>>

/** Which of the headers holds what; the first of two synonyms wins. "estado" and "departamento" mean a place or not, by their company. */
export function headersOf(headers: readonly string[]): Headers {
  const found: Headers = {}
  for (const header of headers) {
    const column = BY_NAME.get(plain(header))
    if (column && found[column] === undefined) found[column] = header
  }
  for (const header of headers) {
    const name = plain(header)
    const place = found.city !== undefined && found.region === undefined
    if (name === 'departamento') found[place ? 'region' : 'department'] ??= header
    if (name === 'estado') found[place ? 'region' : 'status'] ??= header
  }
  return found
}

/** Names that a header may use, for the message that asks for one. */
export const namesFor = (column: Column): string => NAMES[column].split('|').slice(0, 6).join(', ')
