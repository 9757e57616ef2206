### Unități și cuvintele înregistrărilor și ale condițiilor.

title-unnamed = Contractul cu { $provider }
in-term = pe toată durata
in-year = într-un an al contractului
in-quarter = într-un trimestru al contractului
in-month = într-o lună

price-per = { $price } { $per }
share-of-sales = { $share } din suma vândută
share-of-costs = { $share } din costuri
share-of = { $share } { $of }
money-gender = masculine

unit-minute =
    .count = { $plural ->
        [one] { $number } minut
        [few] { $number } minute
       *[other] { $number } de minute
    }
    .per = pe minut
    .gender = neuter
unit-hour =
    .count = { $plural ->
        [one] { $number } oră
        [few] { $number } ore
       *[other] { $number } de ore
    }
    .per = pe oră
    .gender = feminine
unit-agent-hour =
    .count = { $plural ->
        [one] { $number } oră de agent
        [few] { $number } ore de agent
       *[other] { $number } de ore de agent
    }
    .per = pe oră de agent
    .gender = feminine
unit-agent-month =
    .count = { $plural ->
        [one] { $number } lună de agent
        [few] { $number } luni de agent
       *[other] { $number } de luni de agent
    }
    .per = pe lună de agent
    .gender = feminine
unit-agent =
    .count = { $plural ->
        [one] { $number } agent
        [few] { $number } agenți
       *[other] { $number } de agenți
    }
    .per = pe agent
    .gender = masculine
unit-contact =
    .count = { $plural ->
        [one] { $number } contact
        [few] { $number } contacte
       *[other] { $number } de contacte
    }
    .per = pe contact
    .gender = neuter
unit-leg =
    .count = { $plural ->
        [one] { $number } etapă (leg)
        [few] { $number } etape (legs)
       *[other] { $number } de etape (legs)
    }
    .per = pe etapă (leg)
    .gender = feminine
unit-resolution =
    .count = { $plural ->
        [one] { $number } rezolvare
        [few] { $number } rezolvări
       *[other] { $number } de rezolvări
    }
    .per = pe rezolvare
    .gender = feminine
unit-sale =
    .count = { $plural ->
        [one] { $number } vânzare
        [few] { $number } vânzări
       *[other] { $number } de vânzări
    }
    .per = pe vânzare
    .gender = feminine
unit-lead =
    .count = { $plural ->
        [one] { $number } client potențial (lead)
        [few] { $number } clienți potențiali (leads)
       *[other] { $number } de clienți potențiali (leads)
    }
    .per = pe client potențial (lead)
    .gender = masculine
unit-appointment =
    .count = { $plural ->
        [one] { $number } programare
        [few] { $number } programări
       *[other] { $number } de programări
    }
    .per = pe programare
    .gender = feminine
unit-item =
    .count = { $plural ->
        [one] { $number } bucată
        [few] { $number } bucăți
       *[other] { $number } de bucăți
    }
    .per = pe bucată
    .gender = feminine
unit-month =
    .count = { $plural ->
        [one] { $number } lună
        [few] { $number } luni
       *[other] { $number } de luni
    }
    .per = pe lună
    .gender = feminine
unit-other =
    .count = { $number } × { $unit }
    .per = pe { $unit }
    .gender = neuter

times = { $plural ->
    [one] o dată
    [few] de { $number } ori
   *[other] de { $number } de ori
}
points = { $plural ->
    [one] { $number } punct
    [few] { $number } puncte
   *[other] { $number } de puncte
}
percentage-points = { $plural ->
    [one] { $number } punct procentual
    [few] { $number } puncte procentuale
   *[other] { $number } de puncte procentuale
}

## Părți ale timpului unui contact și ore din program

part-talk = convorbire (talk)
part-hold = menținere în așteptare (hold)
part-wrap = lucru după contact (wrap)
part-ring = apel la agent (ring)
part-wait = așteptare în coadă (wait)
hours-requested = orele cerute de beneficiar (requested)
    .of = din orele cerute
hours-scheduled = orele planificate de prestator (scheduled)
    .of = din orele planificate
hours-productive = orele în care agenții au fost disponibili sau la lucru (productive)
    .of = din orele productive

## Care înregistrări

only-contact = Se numără doar contactele care îndeplinesc toate acestea – { $criteria }.
only-leg = Se numără doar etapele (legs) care îndeplinesc toate acestea – { $criteria }.
only-agent = Se numără doar agenții care îndeplinesc toate acestea – { $criteria }.
only-agent-time = Se numără doar timpul care îndeplinește toate acestea – { $criteria }.
only-schedule = Se numără doar rândurile din program care îndeplinesc toate acestea – { $criteria }.
only-reported = Se numără doar pozițiile care îndeplinesc toate acestea – { $criteria }.
criterion = { $field }: { $values }
criterion-talk = convorbire: mai mult de { $time }
criterion-approved = aprobat: da
criterion-not-approved = aprobat: nu
field-channel = canal
field-direction = sens
field-outcome = rezultat
field-queue = coadă
field-last_queue = ultima coadă
field-language = limbă
field-reason = motiv
field-program = program
field-site = locație
field-team = echipă
field-state = stare
field-what = obiect
channel-voice = voce
channel-chat = chat
channel-email = e-mail
channel-social = rețele sociale
channel-text = mesaj text
direction-inbound = de intrare (inbound)
direction-outbound = de ieșire (outbound)
outcome-answered = preluat
outcome-abandoned = abandonat de apelant
outcome-timed_out = încheiat după o așteptare prea lungă
outcome-exit_key = a ieșit din coadă cu o tastă
outcome-left_empty = a ieșit dintr-o coadă la care nu răspundea nimeni
outcome-blocked_full = respins: coada era plină
outcome-blocked_closed = respins: coada era închisă
outcome-blocked_empty = respins: la coadă nu răspundea nimeni
outcome-flow_out = trecut la altă echipă
outcome-callback_offered = a acceptat să fie sunat înapoi
outcome-callback_done = sunat înapoi
outcome-contained = servit de o mașină
outcome-voicemail = a lăsat un mesaj vocal
outcome-unknown = necunoscut
state-available = disponibil
state-ringing = la apel
state-talking = în convorbire
state-holding = cu clientul în așteptare
state-wrapping = la lucru după contact (wrapping)
state-break = în pauză
state-training = la instruire
state-meeting = în ședință
state-system = cu o problemă de sistem
state-offline = deconectat
state-logged-in = conectat (orice stare în afară de deconectat)
state-productive = disponibil sau la lucru (productive)
language-en = engleză
language-es = spaniolă
language-fr = franceză
language-de = germană
language-it = italiană
language-pt = portugheză
language-ro = română
language-fil = filipineză
language-tl = tagalog
language-zh = chineză
language-ja = japoneză
language-ko = coreeană
language-ar = arabă
language-vi = vietnameză

## Condiții

quantum-volume = volumul
    .of = din volum
quantum-forecast = prognoza fixată (locked forecast)
    .of = din prognoza fixată (locked forecast)
quantum-requested = orele de agent cerute de beneficiar (requested)
    .of = din orele de agent cerute de beneficiar (requested)
quantum-scheduled = orele de agent planificate de prestator (scheduled)
    .of = din orele de agent planificate de prestator (scheduled)
quantum-staffed = orele de agent lucrate (staffed)
    .of = din orele de agent lucrate (staffed)
condition-less = { $left } sub { $right }
condition-at-most = { $left } de cel mult { $right }
condition-more = { $left } peste { $right }
condition-at-least = { $left } de cel puțin { $right }
condition-of-queues = { $condition } (prognoza pentru { $queues })
forecast-locked = Procentele din prognoză se referă la prognoza fixată (locked forecast), în aceeași unitate: cea asupra căreia ambele părți au convenit dinainte și care nu se mai schimbă.
forecast-of = Este prognoza pentru { $queues }.

## Intervale de timp

every-day = în fiecare zi
every-weekday = în fiecare { $days }
days-and-hours = { $days }, { $hours }
holidays-US-federal = sărbătorile federale din SUA
holidays-US-federal-observed = sărbătorile federale din SUA, și în ziua lucrătoare în care se mută
holidays-of = sărbătorile legale ({ $country }) care urmează o regulă
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
country-GB = Anglia și Țara Galilor
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
country-VN = Vietnam
country-ZA = Africa de Sud
