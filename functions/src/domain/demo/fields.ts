import type { EducationLevel } from '../candidate.ts'

export interface DemoField {
  /** Share of jobs and of candidates. */
  weight: number
  department: { es: string; en: string }
  titles: readonly { es: string; en: string }[]
  skills: { es: readonly string[]; en: readonly string[] }
  education: readonly { level: EducationLevel; weight: number }[]
  /** Times the middle wage of a country. */
  pay: number
  /** Years that its people usually have behind them. */
  years: number
  /** Country code -> the city where most of its people are. */
  home: Readonly<Record<string, string>>
  /** Part of its jobs that can be done from anywhere. */
  remote: number
}

const list = (text: string): string[] => text.split(', ')
const title = (es: string, en: string) => ({ es, en })
const levels = (...shares: [EducationLevel, number][]) => shares.map(([level, weight]) => ({ level, weight }))
const same = (text: string) => ({ es: list(text), en: list(text) })

const DEGREE = levels(['technical', 1], ['bachelor', 7], ['master', 2])
const TRADE = levels(['secondary', 4], ['technical', 5], ['bachelor', 1])

export const FIELDS: readonly DemoField[] = [
  {
    weight: 18,
    department: title('Ingeniería', 'Engineering'),
    titles: [
      title('Desarrollador(a) backend Java', 'Java Backend Developer'),
      title('Ingeniero(a) de software Node.js', 'Node.js Software Engineer'),
      title('Desarrollador(a) Python', 'Python Backend Developer'),
    ],
    skills: same('Java, Spring Boot, Node.js, PostgreSQL, Kafka, Docker, Redis, Microservicios, Django, GraphQL'),
    ...{ education: DEGREE, pay: 2.6, years: 6, remote: 0.5 },
    home: { CO: 'Bogotá', MX: 'Guadalajara', ES: 'Madrid' },
  },
  {
    weight: 12,
    department: title('Ingeniería', 'Engineering'),
    titles: [
      title('Desarrollador(a) frontend React', 'React Frontend Developer'),
      title('Desarrollador(a) web', 'Web Developer'),
    ],
    skills: same('JavaScript, TypeScript, React, Vue, HTML, CSS, Redux, Tailwind, Accessibility, Next.js'),
    ...{ education: DEGREE, pay: 2.2, years: 4, remote: 0.6 },
    home: { CO: 'Medellín', MX: 'Ciudad de México', ES: 'Barcelona' },
  },
  {
    weight: 12,
    department: title('Datos', 'Data'),
    titles: [
      title('Analista de datos', 'Data Analyst'),
      title('Científico(a) de datos', 'Data Scientist'),
      title('Ingeniero(a) de datos', 'Data Engineer'),
    ],
    skills: same('Python, SQL, Power BI, Pandas, Machine Learning, Tableau, Spark, Airflow, Excel, Statistics'),
    ...{ education: levels(['bachelor', 5], ['master', 4], ['doctorate', 1]), pay: 2.4, years: 4, remote: 0.4 },
    home: { CO: 'Bogotá', MX: 'Monterrey', ES: 'Madrid' },
  },
  {
    weight: 15,
    department: title('Comercial', 'Sales'),
    titles: [
      title('Asesor(a) comercial', 'Sales Representative'),
      title('Ejecutivo(a) de cuentas clave', 'Key Account Executive'),
      title('Coordinador(a) de ventas', 'Sales Coordinator'),
    ],
    skills: {
      es: list('Ventas, Negociación, CRM, Prospección, Cierre de ventas, Servicio al cliente, Excel, Telemarketing'),
      en: list('Sales, Negotiation, CRM, Prospecting, Closing, Customer service, Excel, B2B'),
    },
    ...{ education: TRADE, pay: 1.0, years: 3, remote: 0.1 },
    home: { CO: 'Medellín', MX: 'Ciudad de México', PE: 'Lima' },
  },
  {
    weight: 12,
    department: title('Servicio al cliente', 'Customer service'),
    titles: [
      title('Agente bilingüe de centro de contacto', 'Bilingual Contact Centre Agent'),
      title('Auxiliar de servicio al cliente', 'Customer Service Assistant'),
    ],
    skills: {
      es: list('Atención al cliente, Call center, Zendesk, Inglés, Resolución de conflictos, Excel, Digitación'),
      en: list('Customer service, Call center, Zendesk, English, Conflict resolution, Excel, Data entry'),
    },
    ...{ education: TRADE, pay: 0.8, years: 2, remote: 0.3 },
    home: { CO: 'Barranquilla', MX: 'Puebla', PE: 'Lima' },
  },
  {
    weight: 11,
    department: title('Salud', 'Health care'),
    titles: [
      title('Enfermero(a) profesional', 'Registered Nurse'),
      title('Auxiliar de enfermería', 'Nursing Assistant'),
      title('Químico(a) farmacéutico(a)', 'Pharmacist'),
    ],
    skills: {
      es: list('Enfermería, Cuidado del paciente, UCI, Primeros auxilios, Triaje, Historia clínica, Vacunación'),
      en: list('Nursing, Patient care, Intensive care, First aid, Triage, Medical records, Vaccination'),
    },
    ...{ education: levels(['technical', 4], ['bachelor', 6]), pay: 1.3, years: 7, remote: 0 },
    home: { CO: 'Cali', MX: 'Guadalajara', ES: 'Valencia' },
  },
  {
    weight: 11,
    department: title('Logística', 'Logistics'),
    titles: [
      title('Auxiliar de bodega', 'Warehouse Assistant'),
      title('Coordinador(a) de logística', 'Logistics Coordinator'),
      title('Conductor(a) de reparto', 'Delivery Driver'),
    ],
    skills: {
      es: list('Logística, Inventarios, Bodega, Montacargas, Picking, Despacho, Rutas, Excel'),
      en: list('Logistics, Inventory, Warehouse, Forklift, Picking, Dispatch, Routes, Excel'),
    },
    ...{ education: levels(['primary', 1], ['secondary', 6], ['technical', 3]), pay: 0.75, years: 5, remote: 0 },
    home: { CO: 'Bucaramanga', MX: 'Monterrey', CL: 'Santiago' },
  },
  {
    weight: 9,
    department: title('Finanzas', 'Finance'),
    titles: [
      title('Contador(a)', 'Accountant'),
      title('Analista financiero(a)', 'Financial Analyst'),
      title('Auxiliar contable', 'Accounting Assistant'),
    ],
    skills: {
      es: list('Contabilidad, NIIF, Impuestos, Excel, SAP, Nómina, Facturación, Presupuestos, Auditoría'),
      en: list('Accounting, IFRS, Tax, Excel, SAP, Payroll, Invoicing, Budgeting, Audit'),
    },
    ...{ education: levels(['technical', 2], ['bachelor', 6], ['master', 2]), pay: 1.4, years: 8, remote: 0.1 },
    home: { CO: 'Bogotá', MX: 'Ciudad de México', AR: 'Buenos Aires' },
  },
]
