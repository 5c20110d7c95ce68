const list = (text: string): string[] => text.split(' ')

/** Given names and surnames are drawn apart: whoever comes of it is nobody. */
export const GIVEN_NAMES: readonly string[] = list(
  'Ana Luis Camila Andrés Valentina Santiago Mariana Carlos Daniela Juan Laura Miguel Paula Diego Sofía Javier Isabel Felipe Gabriela Tomás Natalia Ricardo Lucía Sebastián Elena Martín Carolina Nicolás Adriana Esteban Verónica Rafael Julieta Emilio Renata Óscar Marta Iván Claudia Simón',
)
export const SURNAMES: readonly string[] = list(
  'Rodríguez Gómez Martínez López Hernández Pérez Ramírez Torres Vargas Castro Rojas Moreno Ortiz Jiménez Mendoza Salazar Quintero Cárdenas Navarro Ríos Delgado Fuentes Peña Acosta Molina Suárez Guerrero Valencia Campos Herrera Ibáñez Lozano Paredes Zamora Bravo Correa Duarte Espinosa Galindo Miranda',
)

/** Coined words: no company of these names is meant. */
export const COMPANIES: readonly string[] = list(
  'Talvia Quetzaria Nubelia Farolix Marzanda Andaluma Cordilya Zafirano Brisanova Lumetra Orbelia Pacifira',
)

/** Area codes whose 555-0100 to 555-0199 are set aside for fiction. */
export const AREA_CODES: readonly string[] = list('202 212 305 312 404 415 512 617 702 713 786 818')
