import { hashText } from '../random.ts'
import { plain } from './plain.ts'

export interface Interest {
  /** Meta's id: stable, a function of the English name. */
  id: string
  name: string
  es: string
  topic: string
  /** Share of a place's people who have it. */
  share: number
  /** Not offered to ads of a special category. */
  restricted: boolean
}

/** name|name in Spanish|people per thousand; `!` marks what special ad categories may not use. */
const TOPICS: Record<string, string> = {
  'Software and technology': `
Software development|Desarrollo de software|22
Computer programming|Programación|26
Web development|Desarrollo web|24
Mobile app development|Desarrollo de aplicaciones móviles|12
JavaScript|JavaScript|9
TypeScript|TypeScript|3
Python (programming language)|Python (lenguaje de programación)|10
Java (programming language)|Java (lenguaje de programación)|9
C++|C++|5
C Sharp (programming language)|C Sharp|5
PHP|PHP|7
Go (programming language)|Go (lenguaje de programación)|2
React (JavaScript library)|React|4
Node.js|Node.js|4
SQL|SQL|6
Databases|Bases de datos|8
Cloud computing|Computación en la nube|11
Amazon Web Services|Amazon Web Services|6
Google Cloud Platform|Google Cloud Platform|4
Microsoft Azure|Microsoft Azure|5
Kubernetes|Kubernetes|2
DevOps|DevOps|5
Linux|Linux|9
Computer security|Seguridad informática|9
Computer network|Redes informáticas|10
Data science|Ciencia de datos|9
Machine learning|Aprendizaje automático|10
Artificial intelligence|Inteligencia artificial|30
Data analysis|Análisis de datos|11
Big data|Big data|6
Business intelligence|Inteligencia de negocios|7
Software testing|Pruebas de software|4
Agile software development|Desarrollo ágil|5
Scrum (software development)|Scrum|5
Information technology|Tecnología de la información|28
Technical support|Soporte técnico|12
SAP SE|SAP|5
User experience design|Diseño de experiencia de usuario|8
User interface design|Diseño de interfaces|8
Product management|Gestión de productos|6`,
  'Design and media': `
Graphic design|Diseño gráfico|30
Web design|Diseño web|18
Industrial design|Diseño industrial|5
Interior design|Diseño de interiores|42
Fashion design|Diseño de moda|28
Photography|Fotografía|95
Video editing|Edición de video|20
Animation|Animación|22
Journalism|Periodismo|13
Copywriting|Redacción publicitaria|6
Translation|Traducción|6
Adobe Photoshop|Adobe Photoshop|18
Adobe Illustrator|Adobe Illustrator|10`,
  'Marketing and sales': `
Marketing|Marketing|60
Digital marketing|Marketing digital|40
Search engine optimization|Posicionamiento en buscadores|9
Social media marketing|Marketing en redes sociales|30
Content marketing|Marketing de contenidos|14
E-commerce|Comercio electrónico|40
Sales|Ventas|45
Business development|Desarrollo de negocios|16
Customer service|Servicio al cliente|22
Customer relationship management|Gestión de relaciones con clientes|7
Call centre|Centro de llamadas|12
Telemarketing|Telemercadeo|4
Retail|Comercio minorista|35
Public relations|Relaciones públicas|10
Advertising|Publicidad|40
Market research|Investigación de mercados|6
Real estate|Bienes raíces|38
Merchandising|Merchandising|8`,
  'Finance and administration': `
Accounting|Contabilidad|18
Auditing|Auditoría|6
Finance|Finanzas|30
Banking|Banca|16
Investment|Inversiones|28
Financial analysis|Análisis financiero|7
Tax|Impuestos|9
Insurance|Seguros|14
Economics|Economía|20
Business administration|Administración de empresas|30
Human resources|Recursos humanos|20
Recruitment|Reclutamiento|16
Payroll|Nómina|4
Office administration|Administración de oficinas|10
Secretary|Secretariado|6
Project management|Gestión de proyectos|16
Management|Gestión|26
Leadership|Liderazgo|24
Entrepreneurship|Emprendimiento|55
Small business|Pequeña empresa|40
Supply chain management|Gestión de la cadena de suministro|7
Procurement|Compras|5
Microsoft Excel|Microsoft Excel|14
Law|Derecho|20
Labour law|Derecho laboral|4
Corporate law|Derecho corporativo|3
Compliance|Cumplimiento normativo|3`,
  'Health and care': `
Nursing|Enfermería|22
Medicine|Medicina|34
Health care|Atención sanitaria|38
Pharmacy|Farmacia|12
Physical therapy|Fisioterapia|9
Psychology|Psicología|45
Dentistry|Odontología|10
Nutrition|Nutrición|50
Public health|Salud pública|12
Veterinary medicine|Medicina veterinaria|9
Caregiver|Cuidado de personas|7
Elderly care|Cuidado de ancianos|5
Medical laboratory|Laboratorio clínico|4
Radiology|Radiología|4
First aid|Primeros auxilios|8
Social work|Trabajo social|9
Occupational safety and health|Seguridad y salud en el trabajo|8`,
  Education: `
Education|Educación|70
Teaching|Docencia|20
Early childhood education|Educación infantil|14
Higher education|Educación superior|30
English language|Idioma inglés|40
Spanish language|Idioma español|25
Language education|Enseñanza de idiomas|14
E-learning|Aprendizaje en línea|22
Mathematics|Matemáticas|14
Science|Ciencia|40
Scholarship|Becas|16
Vocational education|Formación profesional|9
Career development|Desarrollo profesional|18
Job hunting|Búsqueda de empleo|28
Employment website|Portales de empleo|20
Internship|Prácticas profesionales|9
Remote work|Trabajo remoto|22
Freelancer|Trabajo independiente|18
LinkedIn|LinkedIn|16`,
  'Engineering and industry': `
Engineering|Ingeniería|30
Civil engineering|Ingeniería civil|14
Mechanical engineering|Ingeniería mecánica|12
Electrical engineering|Ingeniería eléctrica|11
Electronics|Electrónica|24
Chemical engineering|Ingeniería química|5
Industrial engineering|Ingeniería industrial|10
Environmental engineering|Ingeniería ambiental|5
Biotechnology|Biotecnología|6
Manufacturing|Manufactura|12
Automation|Automatización|9
Robotics|Robótica|9
Welding|Soldadura|8
Machining|Mecanizado|4
AutoCAD|AutoCAD|8
Quality control|Control de calidad|6
Lean manufacturing|Manufactura esbelta|3
Maintenance|Mantenimiento|10
Mining|Minería|7
Oil and gas|Petróleo y gas|7
Renewable energy|Energías renovables|14
Solar energy|Energía solar|12
Architecture|Arquitectura|36
Construction|Construcción|24
Carpentry|Carpintería|14
Electrician|Electricista|9
Plumbing|Fontanería|6
Agriculture|Agricultura|24
Food industry|Industria alimentaria|9`,
  'Logistics and transport': `
Logistics|Logística|14
Warehouse|Almacén|8
Truck driver|Conductor de camión|9
Forklift|Montacargas|3
Delivery|Reparto|12
Transport|Transporte|20
Aviation|Aviación|18
Automobile repair shop|Taller mecánico|14
International trade|Comercio internacional|9
Customs broker|Agente de aduanas|2
Fleet management|Gestión de flotas|2`,
  'Hospitality and services': `
Hospitality industry|Hostelería|12
Hotel|Hoteles|60
Tourism|Turismo|55
Restaurant|Restaurantes|110
Chef|Chef|24
Cooking|Cocina|120
Baking|Repostería|60
Bartender|Bartender|9
Barista|Barista|8
Event management|Organización de eventos|14
Cleaning|Limpieza|12
Security guard|Vigilancia|6
Beauty salon|Salón de belleza|40
Hairdresser|Peluquería|22
Fitness trainer|Entrenador personal|14`,
  'Not for special ad categories': `
Parenting|Crianza|60!
Motherhood|Maternidad|50!
Fatherhood|Paternidad|30!
Retirement|Jubilación|14!
Christianity|Cristianismo|80!
Catholic Church|Iglesia católica|60!
Judaism|Judaísmo|5!
Islam|Islam|30!
Feminism|Feminismo|16!
LGBT culture|Cultura LGBT|14!
Disability|Discapacidad|8!
Immigration|Inmigración|10!
Hispanic culture|Cultura hispana|12!
African-American culture|Cultura afroamericana|8!`,
}

export const INTERESTS: ReadonlyMap<string, Interest> = new Map(
  Object.entries(TOPICS).flatMap(([topic, rows]) =>
    rows
      .trim()
      .split('\n')
      .map((row) => {
        const [name = '', es = '', people = ''] = row.split('|')
        const restricted = people.endsWith('!')
        const id = `6003${String(100_000_000 + (hashText(`interest/${name}`) % 899_999_999))}`
        return [id, { id, name, es, topic, share: Number(people.replace('!', '')) / 1000, restricted }] as const
      }),
  ),
)

/** Interests with a word that begins with the query, in either language; whole-name matches first, then the most common. */
export function searchInterests(query: string): Interest[] {
  const wanted = plain(query)
  if (wanted === '') return []
  const whole = (interest: Interest): number => (names(interest).includes(wanted) ? 1 : 0)
  return [...INTERESTS.values()]
    .filter((interest) => names(interest).some((name) => name.startsWith(wanted) || name.includes(` ${wanted}`)))
    .sort((a, b) => whole(b) - whole(a) || b.share - a.share)
}

export const interestNamed = (name: string): Interest | undefined =>
  [...INTERESTS.values()].find((interest) => names(interest).includes(plain(name)))

const names = (interest: Interest): string[] => [plain(interest.name), plain(interest.es)]
