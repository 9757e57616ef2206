### Units, and the words of records and conditions.
### $number is written already, $plural is its category; `per` stands behind a price, `gender` agrees with `units-first`.

title-unnamed = The contract with { $provider }
in-term = over the whole term
in-year = in a year of the contract
in-quarter = in a quarter of the contract
in-month = in a month

price-per = { $price } { $per }
share-of-sales = { $share } of the amount sold
share-of-costs = { $share } of the costs
share-of = { $share } of { $of }
money-gender = neuter

unit-minute =
    .count = { $plural ->
        [one] { $number } minute
       *[other] { $number } minutes
    }
    .per = a minute
    .gender = neuter
unit-hour =
    .count = { $plural ->
        [one] { $number } hour
       *[other] { $number } hours
    }
    .per = an hour
    .gender = neuter
unit-agent-hour =
    .count = { $plural ->
        [one] { $number } agent hour
       *[other] { $number } agent hours
    }
    .per = an agent hour
    .gender = neuter
unit-agent-month =
    .count = { $plural ->
        [one] { $number } agent month
       *[other] { $number } agent months
    }
    .per = an agent month
    .gender = neuter
unit-agent =
    .count = { $plural ->
        [one] { $number } agent
       *[other] { $number } agents
    }
    .per = an agent
    .gender = neuter
unit-contact =
    .count = { $plural ->
        [one] { $number } contact
       *[other] { $number } contacts
    }
    .per = a contact
    .gender = neuter
unit-leg =
    .count = { $plural ->
        [one] { $number } leg
       *[other] { $number } legs
    }
    .per = a leg
    .gender = neuter
unit-resolution =
    .count = { $plural ->
        [one] { $number } resolution
       *[other] { $number } resolutions
    }
    .per = a resolution
    .gender = neuter
unit-sale =
    .count = { $plural ->
        [one] { $number } sale
       *[other] { $number } sales
    }
    .per = a sale
    .gender = neuter
unit-lead =
    .count = { $plural ->
        [one] { $number } lead
       *[other] { $number } leads
    }
    .per = a lead
    .gender = neuter
unit-appointment =
    .count = { $plural ->
        [one] { $number } appointment
       *[other] { $number } appointments
    }
    .per = an appointment
    .gender = neuter
unit-item =
    .count = { $plural ->
        [one] { $number } item
       *[other] { $number } items
    }
    .per = an item
    .gender = neuter
unit-month =
    .count = { $plural ->
        [one] { $number } month
       *[other] { $number } months
    }
    .per = a month
    .gender = neuter
unit-other =
    .count = { $number } × { $unit }
    .per = per { $unit }
    .gender = neuter

times = { $plural ->
    [one] once
   *[other] { $number } times
}
points = { $plural ->
    [one] { $number } point
   *[other] { $number } points
}
percentage-points = { $plural ->
    [one] { $number } percentage point
   *[other] { $number } percentage points
}

## Parts of a contact's time, and hours of a schedule

part-talk = talk
part-hold = hold
part-wrap = after-contact work (wrap)
part-ring = ringing at the agent
part-wait = waiting in the queue
hours-requested = the hours requested by the buyer
    .of = the hours requested
hours-scheduled = the hours scheduled by the provider
    .of = the hours scheduled
hours-productive = the hours in which agents were available or at work (productive)
    .of = the productive hours

## Which records

only-contact = Only contacts that meet all of this count — { $criteria }.
only-leg = Only legs that meet all of this count — { $criteria }.
only-agent = Only agents that meet all of this count — { $criteria }.
only-agent-time = Only time that meets all of this counts — { $criteria }.
only-schedule = Only schedule entries that meet all of this count — { $criteria }.
only-reported = Only entries that meet all of this count — { $criteria }.
criterion = { $field }: { $values }
criterion-talk = talk time: more than { $time }
criterion-approved = approved: yes
criterion-not-approved = approved: no
field-channel = channel
field-direction = direction
field-outcome = outcome
field-queue = queue
field-last_queue = last queue
field-language = language
field-reason = reason
field-program = program
field-site = site
field-team = team
field-state = state
field-what = item
channel-voice = voice
channel-chat = chat
channel-email = email
channel-social = social media
channel-text = text message
direction-inbound = inbound
direction-outbound = outbound
outcome-answered = answered
outcome-abandoned = abandoned by the caller
outcome-timed_out = waited too long and was sent away
outcome-exit_key = left the queue by pressing a key
outcome-left_empty = left a queue that nobody served
outcome-blocked_full = refused: the queue was full
outcome-blocked_closed = refused: the queue was closed
outcome-blocked_empty = refused: nobody served the queue
outcome-flow_out = passed on to another team
outcome-callback_offered = took the offer of a callback
outcome-callback_done = called back
outcome-contained = served by a machine
outcome-voicemail = left a voicemail
outcome-unknown = unknown
state-available = available
state-ringing = ringing
state-talking = talking
state-holding = holding
state-wrapping = after-contact work (wrapping)
state-break = break
state-training = training
state-meeting = meeting
state-system = system problem
state-offline = offline
state-logged-in = logged in (any state but offline)
state-productive = available or at work (productive)
language-en = English
language-es = Spanish
language-fr = French
language-de = German
language-it = Italian
language-pt = Portuguese
language-ro = Romanian
language-fil = Filipino
language-tl = Tagalog
language-zh = Chinese
language-ja = Japanese
language-ko = Korean
language-ar = Arabic
language-vi = Vietnamese

## Conditions

quantum-volume = the volume
    .of = the volume
quantum-forecast = the locked forecast
    .of = the locked forecast
quantum-requested = the agent hours requested by the buyer
    .of = the agent hours requested by the buyer
quantum-scheduled = the agent hours scheduled by the provider
    .of = the agent hours scheduled by the provider
quantum-staffed = the agent hours worked (staffed)
    .of = the agent hours worked (staffed)
condition-less = { $left } below { $right }
condition-at-most = { $left } at { $right } or less
condition-more = { $left } above { $right }
condition-at-least = { $left } at { $right } or more
condition-of-queues = { $condition } (forecast of { $queues })
forecast-locked = Percentages of the forecast mean the locked forecast, in the same unit: the one both sides agreed on beforehand and no longer change.
forecast-of = It is the forecast of { $queues }.

## Times

every-day = every day
every-weekday = every { $days }
days-and-hours = { $days }, { $hours }
holidays-US-federal = US federal holidays
holidays-US-federal-observed = US federal holidays, also as observed on the workday beside a weekend
holidays-of = public holidays ({ $country }) that fall by rule
country-AR = Argentina
country-AU = Australia
country-BG = Bulgaria
country-BR = Brazil
country-CA = Canada
country-CL = Chile
country-CO = Colombia
country-CR = Costa Rica
country-CZ = Czechia
country-DE = Germany
country-DO = Dominican Republic
country-EE = Estonia
country-EG = Egypt
country-ES = Spain
country-FR = France
country-GB = England and Wales
country-GR = Greece
country-GT = Guatemala
country-HN = Honduras
country-HU = Hungary
country-ID = Indonesia
country-IE = Ireland
country-IN = India
country-JM = Jamaica
country-JP = Japan
country-KE = Kenya
country-LT = Lithuania
country-LV = Latvia
country-MA = Morocco
country-MX = Mexico
country-MY = Malaysia
country-NL = Netherlands
country-PE = Peru
country-PH = Philippines
country-PK = Pakistan
country-PL = Poland
country-PT = Portugal
country-RO = Romania
country-RS = Serbia
country-SV = El Salvador
country-TN = Tunisia
country-TR = Türkiye
country-VN = Vietnam
country-ZA = South Africa
