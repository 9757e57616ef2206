# Cum se numesc opțiunile schițate din catalog.

own-team = Echipă proprie, { $country }
own-with-overflow = Echipă proprie, surplusul la agenți partajați
shared = { $country }, agenți partajați, pe minut
semi-dedicated = { $country }, agenți semidedicați, pe minut
dedicated = { $country }, agenți dedicați, pe oră
by-the-month = { $country }, agenți dedicați, pe lună
freelancers = Liber-profesioniști de oriunde, pe oră aprobată

# Țări.

country-AR = Argentina
country-AU = Australia
country-BG = Bulgaria
country-BR = Brazilia
country-CA = Canada
country-CL = Chile
country-CO = Columbia
country-CR = Costa Rica
country-CZ = Cehia
country-DE = Germania
country-DO = Republica Dominicană
country-EE = Estonia
country-EG = Egipt
country-ES = Spania
country-FR = Franța
country-GB = Regatul Unit
country-GR = Grecia
country-GT = Guatemala
country-HN = Honduras
country-HU = Ungaria
country-ID = Indonezia
country-IE = Irlanda
country-IN = India
country-JM = Jamaica
country-JP = Japonia
country-KE = Kenya
country-LT = Lituania
country-LV = Letonia
country-MA = Maroc
country-MX = Mexic
country-MY = Malaysia
country-NL = Țările de Jos
country-PE = Peru
country-PH = Filipine
country-PK = Pakistan
country-PL = Polonia
country-PT = Portugalia
country-RO = România
country-RS = Serbia
country-SV = El Salvador
country-TN = Tunisia
country-TR = Turcia
country-UA = Ucraina
country-US = Statele Unite
country-VN = Vietnam
country-ZA = Africa de Sud
