# Cómo se llaman las opciones redactadas a partir del catálogo.

own-team = Equipo propio, { $country }
own-with-overflow = Equipo propio, desborde a agentes compartidos
shared = { $country }, agentes compartidos, por minuto
semi-dedicated = { $country }, agentes semidedicados, por minuto
dedicated = { $country }, agentes dedicados, por hora
by-the-month = { $country }, agentes dedicados, por mes
freelancers = Autónomos en cualquier lugar, por hora aprobada

# Países.

country-AR = Argentina
country-AU = Australia
country-BG = Bulgaria
country-BR = Brasil
country-CA = Canadá
country-CL = Chile
country-CO = Colombia
country-CR = Costa Rica
country-CZ = Chequia
country-DE = Alemania
country-DO = República Dominicana
country-EE = Estonia
country-EG = Egipto
country-ES = España
country-FR = Francia
country-GB = Reino Unido
country-GR = Grecia
country-GT = Guatemala
country-HN = Honduras
country-HU = Hungría
country-ID = Indonesia
country-IE = Irlanda
country-IN = India
country-JM = Jamaica
country-JP = Japón
country-KE = Kenia
country-LT = Lituania
country-LV = Letonia
country-MA = Marruecos
country-MX = México
country-MY = Malasia
country-NL = Países Bajos
country-PE = Perú
country-PH = Filipinas
country-PK = Pakistán
country-PL = Polonia
country-PT = Portugal
country-RO = Rumanía
country-RS = Serbia
country-SV = El Salvador
country-TN = Túnez
country-TR = Turquía
country-UA = Ucrania
country-US = Estados Unidos
country-VN = Vietnam
country-ZA = Sudáfrica
