### Mga yunit, at mga salita ng mga rekord at kondisyon.

title-unnamed = Ang kontrata sa { $provider }
in-term = sa buong termino
in-year = sa isang taon ng kontrata
in-quarter = sa isang quarter ng kontrata
in-month = sa isang buwan

price-per = { $price } { $per }
share-of-sales = { $share } ng halagang naibenta
share-of-costs = { $share } ng mga gastos
share-of = { $share } { $of }
money-gender = neuter

unit-minute =
    .count = { $plural ->
        [one] { $number } minuto
       *[other] { $number } na minuto
    }
    .per = kada minuto
    .gender = neuter
unit-hour =
    .count = { $plural ->
        [one] { $number } oras
       *[other] { $number } na oras
    }
    .per = kada oras
    .gender = neuter
unit-agent-hour =
    .count = { $plural ->
        [one] { $number } oras ng agent
       *[other] { $number } na oras ng agent
    }
    .per = kada oras ng agent
    .gender = neuter
unit-agent-month =
    .count = { $plural ->
        [one] { $number } buwan ng agent
       *[other] { $number } na buwan ng agent
    }
    .per = kada buwan ng agent
    .gender = neuter
unit-agent =
    .count = { $plural ->
        [one] { $number } agent
       *[other] { $number } na agent
    }
    .per = kada agent
    .gender = neuter
unit-contact =
    .count = { $plural ->
        [one] { $number } contact
       *[other] { $number } na contact
    }
    .per = kada contact
    .gender = neuter
unit-leg =
    .count = { $plural ->
        [one] { $number } leg
       *[other] { $number } na leg
    }
    .per = kada leg
    .gender = neuter
unit-resolution =
    .count = { $plural ->
        [one] { $number } resolution
       *[other] { $number } na resolution
    }
    .per = kada resolution
    .gender = neuter
unit-sale =
    .count = { $plural ->
        [one] { $number } benta
       *[other] { $number } na benta
    }
    .per = kada benta
    .gender = neuter
unit-lead =
    .count = { $plural ->
        [one] { $number } lead
       *[other] { $number } na lead
    }
    .per = kada lead
    .gender = neuter
unit-appointment =
    .count = { $plural ->
        [one] { $number } appointment
       *[other] { $number } na appointment
    }
    .per = kada appointment
    .gender = neuter
unit-item =
    .count = { $plural ->
        [one] { $number } piraso
       *[other] { $number } na piraso
    }
    .per = kada piraso
    .gender = neuter
unit-month =
    .count = { $plural ->
        [one] { $number } buwan
       *[other] { $number } na buwan
    }
    .per = kada buwan
    .gender = neuter
unit-other =
    .count = { $number } × { $unit }
    .per = kada { $unit }
    .gender = neuter

times = { $plural ->
    [one] { $number } beses
   *[other] { $number } na beses
}
points = { $plural ->
    [one] { $number } puntos
   *[other] { $number } na puntos
}
percentage-points = { $plural ->
    [one] { $number } percentage point
   *[other] { $number } na percentage point
}

## Mga bahagi ng oras ng contact, at mga oras sa iskedyul

part-talk = pakikipag-usap (talk)
part-hold = paghihintay sa linya (hold)
part-wrap = gawain pagkatapos ng contact (wrap)
part-ring = pag-ring sa agent (ring)
part-wait = paghihintay sa queue (wait)
hours-requested = ang mga oras na hiniling ng buyer (requested)
    .of = ng mga oras na hiniling
hours-scheduled = ang mga oras na iniskedyul ng provider (scheduled)
    .of = ng mga oras na iniskedyul
hours-productive = ang mga oras na available o nagtatrabaho ang mga agent (productive)
    .of = ng mga oras na productive

## Aling mga rekord

only-contact = Ang binibilang lang ay ang mga contact na tugma sa lahat ng ito — { $criteria }.
only-leg = Ang binibilang lang ay ang mga leg na tugma sa lahat ng ito — { $criteria }.
only-agent = Ang binibilang lang ay ang mga agent na tugma sa lahat ng ito — { $criteria }.
only-agent-time = Ang binibilang lang ay ang oras na tugma sa lahat ng ito — { $criteria }.
only-schedule = Ang binibilang lang ay ang mga nasa iskedyul na tugma sa lahat ng ito — { $criteria }.
only-reported = Ang binibilang lang ay ang mga entry na tugma sa lahat ng ito — { $criteria }.
criterion = { $field }: { $values }
criterion-talk = pakikipag-usap (talk): higit sa { $time }
criterion-approved = aprubado: oo
criterion-not-approved = aprubado: hindi
field-channel = channel
field-direction = direksyon
field-outcome = kinalabasan
field-queue = queue
field-last_queue = huling queue
field-language = wika
field-reason = dahilan
field-program = programa
field-site = site
field-team = team
field-state = kalagayan
field-what = bagay
channel-voice = boses (voice)
channel-chat = chat
channel-email = email
channel-social = social media
channel-text = text message
direction-inbound = papasok (inbound)
direction-outbound = palabas (outbound)
outcome-answered = nasagot
outcome-abandoned = ibinaba ng tumawag bago masagot
outcome-timed_out = sobrang tagal ng paghihintay kaya pinaalis
outcome-exit_key = umalis sa queue sa pagpindot ng key
outcome-left_empty = umalis sa queue na walang nagseserbisyo
outcome-blocked_full = tinanggihan: puno ang queue
outcome-blocked_closed = tinanggihan: sarado ang queue
outcome-blocked_empty = tinanggihan: walang nagseserbisyo sa queue
outcome-flow_out = ipinasa sa ibang team
outcome-callback_offered = tinanggap ang alok na callback
outcome-callback_done = tinawagan pabalik
outcome-contained = napagsilbihan ng makina
outcome-voicemail = nag-iwan ng voicemail
outcome-unknown = hindi alam
state-available = available
state-ringing = nagri-ring
state-talking = nakikipag-usap (talking)
state-holding = naka-hold ang customer
state-wrapping = gawain pagkatapos ng contact (wrapping)
state-break = break
state-training = training
state-meeting = meeting
state-system = may problema ang system
state-offline = offline
state-logged-in = naka-log in (anumang kalagayan maliban sa offline)
state-productive = available o nagtatrabaho (productive)
language-en = Ingles
language-es = Espanyol
language-fr = Pranses
language-de = Aleman
language-it = Italyano
language-pt = Portuges
language-ro = Romanian
language-fil = Filipino
language-tl = Tagalog
language-zh = Tsino
language-ja = Hapon
language-ko = Koreano
language-ar = Arabe
language-vi = Vietnamese

## Mga kondisyon

quantum-volume = ang volume
    .of = ng volume
quantum-forecast = ang napagkasunduang forecast (locked forecast)
    .of = ng napagkasunduang forecast (locked forecast)
quantum-requested = ang mga oras ng agent na hiniling ng buyer (requested)
    .of = ng mga oras ng agent na hiniling ng buyer (requested)
quantum-scheduled = ang mga oras ng agent na iniskedyul ng provider (scheduled)
    .of = ng mga oras ng agent na iniskedyul ng provider (scheduled)
quantum-staffed = ang mga oras ng agent na naitrabaho (staffed)
    .of = ng mga oras ng agent na naitrabaho (staffed)
condition-less = mas mababa { $left } sa { $right }
condition-at-most = hindi lampas { $left } sa { $right }
condition-more = lampas { $left } sa { $right }
condition-at-least = umabot { $left } sa { $right } o higit pa
condition-of-queues = { $condition } (forecast ng { $queues })
forecast-locked = Ang mga porsiyento ng forecast ay batay sa napagkasunduang forecast (locked forecast), sa parehong yunit: ang pinagkasunduan na ng dalawang panig at hindi na binabago.
forecast-of = Ito ang forecast ng { $queues }.

## Mga oras

every-day = araw-araw
every-weekday = tuwing { $days }
days-and-hours = { $days }, { $hours }
holidays-US-federal = mga federal holiday ng US
holidays-US-federal-observed = mga federal holiday ng US, pati ang araw ng trabaho kung saan ito inililipat
holidays-of = mga pista opisyal ({ $country }) na may tuntunin ang petsa
country-AR = Argentina
country-AU = Australia
country-BG = Bulgaria
country-BR = Brazil
country-CA = Canada
country-CL = Chile
country-CO = Colombia
country-CR = Costa Rica
country-CZ = Czechia
country-DE = Alemanya
country-DO = Republikang Dominikano
country-EE = Estonia
country-EG = Ehipto
country-ES = Espanya
country-FR = Pransya
country-GB = Inglatera at Wales
country-GR = Gresya
country-GT = Guatemala
country-HN = Honduras
country-HU = Unggarya
country-ID = Indonesia
country-IE = Irlanda
country-IN = India
country-JM = Jamaica
country-JP = Hapon
country-KE = Kenya
country-LT = Lithuania
country-LV = Latvia
country-MA = Morocco
country-MX = Mexico
country-MY = Malaysia
country-NL = Netherlands
country-PE = Peru
country-PH = Pilipinas
country-PK = Pakistan
country-PL = Poland
country-PT = Portugal
country-RO = Romania
country-RS = Serbia
country-SV = El Salvador
country-TN = Tunisia
country-TR = Türkiye
country-VN = Vietnam
country-ZA = Timog Aprika
