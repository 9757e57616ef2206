# The answer to a business case, in American English.

money-millions = { $number } M { $code }
money-thousands = { $number } k { $code }
money-units = { $number } { $code }
seconds-short = { $number } s
hours-short = { $number } h
options = { $plural ->
    [one] { $number } option
   *[other] { $number } options
}
runs = { $plural ->
    [one] { $number } run
   *[other] { $number } runs
}
rows = { $plural ->
    [one] { $number } row
   *[other] { $number } rows
}
points = { $plural ->
    [one] { $number } point
   *[other] { $number } points
}

basis = { $options } over { $months }, { $runs }, seed { $seed }, amounts in { $currency }

## Who

who-heading = Who should answer these contacts?
who = { $name } ({ $option }): on average the cheapest that passes, and in { $share } of the runs.
who-today = { $name } ({ $option }): as today, on average the cheapest that passes, and in { $share } of the runs.
who-nobody = No option passes: each falls short of what decide.toml asks for.
who-weights = Best on the weights: { $option }, with { $score } of 100 points.
who-budget = The budget is exceeded in { $share } of its runs.
who-unknown = Not known yet, though decide.toml insists on it: { $what }. Ask before you choose.
unknown-of = `{ $provider }`: { $must }

## The options

sheet-answer = Answer
sheet-charges = Charges
sheet-prices = Prices
sheet-uncertain = Uncertain
options-heading = The options
head-option = option
head-rank = rank
head-a-year = a year (P10–P90)
head-a-year-p10 = a year, P10
head-a-year-p90 = a year, P90
head-once = once
head-horizon = in all
head-present = in all, discounted
head-resolution = a resolution
head-contact = a contact
head-in-time = in time
head-over-five = over 5 min
head-resolved = resolved
head-cheapest = cheapest
head-over-budget = over budget
head-score = points
excluded = excluded
resolved-both = Resolved: measured for { $measured }, else assumed.
resolved-assumed = What is resolved is assumed: ask for a pilot that measures it.
resolved-measured = What is resolved was measured.
excluded-since = { $option } is excluded: { $why }
excluded-ahead = it would cost { $amount } less than { $first }
in-time-kept = In time: within the queue's target; over all months no queue is 3 points below its own.
in-time-missed = In time: within the queue's target; below it: { $queues }.
queue-of-option = `{ $queue }` of { $option } ({ $share })
more-of-them = { $number } more

## Service

service-heading = The service
service-months-heading = The service by month
head-worst-month = worst month
head-queue = queue
head-target = target
queue-and-target = { $queue } ({ $target })
head-offered = offered
head-abandoned = abandoned
head-wait = wait, s
head-occupancy = occupancy
head-agents = agents
head-fte = FTE
head-missed = target missed in

## Money

money-heading = Where the money goes
head-contracts = contracts
head-team = own team
head-stays = stays
head-stranded = stranded
head-transition = transition
head-exit = exit
head-customers = customers
head-total = total
months-heading = By month
head-month = month
cash-heading = Paid by month
head-cost = cost
head-paid = paid
head-paid-so-far = paid so far

## Why

why-heading = Why
why-excluded = excluded; otherwise { $why }
why-today = { $cost } as it is done today, { $share } of it { $part }
why-below = { $amount } ({ $share }) below today
why-above = { $amount } ({ $share }) above today
why-since = { $what }: { $why }
why-and = { $what }; { $more }
sentence = { $parts }.
saved-outweighs-added = saving { $saved } outweighs adding { $added }
saved-does-not-outweigh-added = saving { $saved } does not outweigh adding { $added }
saved = saving { $saved }
added = adding { $added }
amount-of-part = { $amount } { $part }
part-team = for the own team
part-contracts = of contract
part-stays = that stays with the buyer
part-stranded = stranded
part-transition = of transition
part-exit = for ending today's contracts
part-customers = of lost customers
part-others = of other costs
service-today = { $service } answered in time
service-as-today = service level as today
service-lower = service level { $points } lower
service-higher = service level { $points } higher
earned-back = it pays back by the end of { $month }
hours-freed = { $hours } hours a year freed of { $what }
repeats-more = { $share } more contacts as teams resolve less
repeats-fewer = { $share } fewer contacts as teams resolve more
closed-more = { $share } more contacts find it closed
closed-fewer = { $share } fewer contacts find it closed

begins-late = { $file } begins on { $day }, after the horizon does
ends-early = { $file } ends on { $day }, before the horizon does
limit-below = { $measure } is { $value }, below { $limit }
limit-above = { $measure } is { $value }, above { $limit }
measure-of = { $measure } of `{ $queue }`
measure-service-level = service level
measure-abandoned = the share that hangs up
measure-speed-of-answer = the mean wait
measure-over-five-minutes = the share that waits over five minutes
measure-resolved = the share resolved

agents = { $plural ->
    [one] { $number } agent
   *[other] { $number } agents
}
peak = { $peak } is the busiest month: a contact costs { $cost } then, and { $less } in { $quiet }, the quietest
peak-hire-by = `{ $team }` takes { $agents } in { $month } and { $least } at least; the search must begin by { $day }
peak-hire-not-said = `{ $team }` takes { $agents } in { $month } and { $least } at least; how long hiring and training take is not said
peak-from-the-start = `{ $team }` takes { $agents } from the start and { $least } at least
mind = mind: { $what }
below-next = { $amount } ({ $share }) below { $option }, the next
mind-target-missed = `{ $queue }` answers { $share } in time; its target is { $target }
mind-out-of-reach = `{ $queue }` answers { $share } in time; its target is { $target }, and no number of agents makes it more than { $most }: the others come when nobody works on them for longer than they may wait
mind-months-missed = `{ $queue }` answers { $share } in time in { $month } (target { $target })
months-missed-more = { $plural ->
    [one] { $number } more month of a queue falls as clearly short
   *[other] { $number } more months of queues fall as clearly short
}
mind-not-worked-off = of the customers on the list `{ $queue }` who can be reached, { $share } are: for the others the agents find no time
mind-unhandled = { $share } of the contacts of `{ $queue }` come while nobody handles it
mind-left-out = { $file } leaves { $rows } of the first run unpriced: they { $why }
left-out-no-provider = name no provider
left-out-outside-term = lie outside its term
left-out-unknown-quantity = do not say how much it bills
left-out-other-program = are of a program that it does not cover
mind-not-simulated = `{ $charge }` of { $file } looks at { $what }, which no simulation has: add a `[[cost]]` for what it will come to
not-simulated-reported = what is reported
not-simulated-sales = sales
not-simulated-leads = leads
not-simulated-appointments = appointments
not-simulated-approvals = approvals
mind-nobody-reopens = `{ $charge }` of { $file } bills all that is resolved: simulated customers who were helped do not come back
mind-bills-nothing = `{ $charge }` of { $file } bills nothing in any run: does it select what comes here?
mind-unmeasured = `{ $term }` of { $file } is not measured in a simulation: neither its credits nor its bonuses are in the cost
mind-outside = "{ $what }" falls due { $side } the horizon and is not in the cost
mind-outside-of-file = `{ $what }` of { $file } falls due { $side } the horizon and is not in the cost
side-before = before
side-after = after
mind-looks-back = { $charges } of { $file } { $many ->
    [one] depends
   *[other] depend
} on months before the horizon, which are taken as without any use
mind-other-zone = { $file } counts days and months in { $zone }, the case in { $case }: contacts near midnight may fall outside
mind-pool-by-agent = { $file } bills hours or agents of a shared pool, which has no schedule of its own
mind-nobody-reaches = no contact of `{ $queue }` reaches `{ $team }`: other ways take all of them before
mind-overtaken = in { $runs } of { $of } runs it costs more than "{ $behind }", which is ranked behind it

## Providers

providers-heading = The providers
head-provider = provider
head-provider-agents = agents
head-our-agents = of them ours
head-our-share = our share
head-growth = can add a month
head-takes-from = takes from, a month
head-hours = hours
head-languages = languages
head-certifications = certifications
head-since = since
head-references = references
head-recovery = recovery within
head-reporting = reporting
none = none
providers-not-known = Not known of any of them: { $what }.
not-known = not known
volume-contacts = { $number } contacts
volume-minutes = { $number } minutes
volume-agents = { $number } agents
reporting-counts = counts
reporting-real-time = real time
reporting-recordings = recordings
must-has = the certification { $certification }
must-speaks = the language { $language }
must-open = work { $hours }
must-reports = reporting as deep as { $depth }
must-at-least = at least { $limit } { $figure }
must-at-most = at most { $limit } { $figure }
provider-years = years in business
provider-references = references
provider-agents = agents employed
provider-growth = agents added a month
provider-recovery = until it works again
provider-our-share = of its agents at work for us
lacks = `{ $provider }` does not offer what is insisted on: { $must }
lacks-figure = `{ $provider }` does not offer what is insisted on, { $must }: it has { $value }
mind-not-known = whether `{ $provider }` offers { $must } is not known, and decide.toml insists on it
misfit-too-small = `{ $provider }` is small for this: { $ours } of its { $all } agents would be ours ({ $share }; up to { $limit } is sound)
misfit-too-large = `{ $provider }` is large for this: { $ours } of its { $all } agents would be ours ({ $share }; from { $limit } on, a client is looked after)
misfit-grows-slowly = `{ $provider }` can add { $growth } agents a month; { $month } takes { $needed } more than the month before
misfit-below-minimum = `{ $provider }` takes programs of at least { $asked } a month; { $month } has { $comes }
mind-minimum-unused = the minimum `{ $minimum }` of { $file } is not reached: { $amount } are paid for nothing over the horizon

## What flips it

flips-heading = What flips it
flip-nothing = Nothing that was tried puts another option first.
flip-more-contacts = { $option } is cheaper above { $contacts } contacts a year ({ $share } of the plan)
flip-fewer-contacts = { $option } is cheaper below { $contacts } contacts a year ({ $share } of the plan)
flip-more-too = { $option } above { $contacts } ({ $share })
flip-fewer-too = { $option } below { $contacts } ({ $share })
flip-figure = { $option } is the cheapest if { $figures }.
flip-figure-at = { $figure } comes to { $share } of the plan
flip-figure-too = { $figure } to { $share }
flip-stays = { $option } stays the cheapest until { $prices }.
flip-own-price = its contract costs { $share } more
flip-other-price = the contract of { $option } costs { $share } less
flip-other-price-too = that of { $option } { $share } less
worth-knowing = To know { $figure } before choosing is worth up to { $amount }: measure it in a pilot.

figures-heading = What is uncertain, by what it does to { $option }
head-figure = figure
head-from = from
head-to = to
head-then-low = cost if low
head-then-high = cost if high
figure-volume = the volume
figure-handle-time = the handle time
figure-resolved = the share resolved
figure-turnover = the turnover
figure-growth = the growth of prices
figure-exchange-rate = the exchange rate
figure-outages = how often there are outages
figure-outage-length = how long outages last
figure-of = { $figure } of `{ $of }`

## What to do

negotiate-heading = What to negotiate
negotiate-nothing = Nothing in the contract of { $option } was found dear or dangerous.
assumed-heading = What was assumed
head-what = what
head-value = value
head-source = source
next-heading = Next
next-explain = the contract in plain words
next-draft = writes down the drafted contracts and options, to read and to change
next-sheet = the workbook to send to more bidders
next-rest = the rest, with pictures: warnings ({ $minds }), clauses ({ $clauses }), assumptions ({ $assumptions })

## Clauses

head-clause = clause
head-contract = contract
head-cost-a-year = cost a year
head-at-risk = at risk
head-code = code
clause-cost = { $amount } a year
clause-risk = { $amount } at risk
clause-line = { $option }: { $cost }: { $what } ({ $where })
clause-unpriced = { $option }: { $what } ({ $where })
clause-L001 = `{ $term }` bills every begun minute, or longer steps
clause-L002 = `{ $term }` bills time in which nobody works for the customer
clause-L003 = `{ $term }` bills a least time or amount of each contact on top of wrap
clause-L004 = `{ $term }` is billed beside a price that holds management
clause-L005 = `{ $term }` is above what the volume comes to: the rest is paid for nothing
clause-L006 = unused units of `{ $term }` lapse at the month's end
clause-L007 = `{ $term }` is billed each 28 days, thirteen times a year
clause-L008 = no way out without a cause, or only after long notice
clause-L009 = missed standards do not let you end it
clause-L010 = it renews by itself
clause-L011 = the raw records are not yours to see: nothing can be checked
clause-L012 = no service level is promised, or nothing follows from missing one
clause-L013 = `{ $term }` can be reckoned in several ways: it does not say which
clause-L014 = `{ $term }` makes handle time a target
clause-L015 = credits stop so early that missing a standard costs the provider little
clause-L016 = prices may rise without a cap that matters
clause-L017 = you bear what the currency moves
clause-L018 = { $term } on it does not come back
clause-L019 = it is paid before it is used, or as a deposit
clause-L020 = `{ $term }` bills the training of who replaces leavers
clause-L021 = `{ $term }` lies outside what others pay

## Assumptions

assumed-by-effect = What { $option } stands on, by what it does to its cost
assumed-by-effect-known = What { $option } stands on, by what it does to its cost; assumptions of which that is not known: { $unknown }
head-effect = effect on cost
effect-swing = ±{ $amount }
assumed-line = { $effect }: { $what } ({ $value })
assumed-of = { $of }: { $what }
assumed-range = how far { $figure } may be off
assumed-patience = mean patience
assumed-spread = spread of handle times (standard deviation over mean)
assumed-busyness = day-to-day spread of volume beyond chance
assumed-busyness-measured = day-to-day spread, estimated beyond weekday and chance
assumed-shrinkage = shrinkage: paid time not on contacts
assumed-shift-inefficiency = shift inefficiency
assumed-hours-a-month = paid hours a month of a full-time agent
assumed-turnover = share of agents who leave in a year
assumed-resolved = share of contacts resolved
assumed-talk = mean talk time
assumed-wrap = mean wrap time
assumed-handle-factors = talk, hold and wrap beside the program's
assumed-staffed = agents beside what the target takes
assumed-pool-share = our share of the shared pool's work
assumed-pool-hours = when other clients' customers call the pool
assumed-holidays = open on holidays that no rule gives
assumed-promise = service promised
assumed-traffic = volume, profile and handle times
assumed-history = volume and profile
assumed-season = season
assumed-returns = customers who come back with an open question
assumed-hours = opening hours
assumed-profile = profile of the day and the week
assumed-exchange-rate = what one of it is worth at the start
assumed-growth = growth in a year
assumed-customers-hung-up = customers lost of those who hang up, and what one is worth
assumed-customers-lost = customers lost of those who waited over five minutes, and what one is worth
assumed-phone-hours = hours on the phone
assumed-paid-hours = paid hours
assumed-paid-above-least = paid hours above the least possible
assumed-register = agents on the register
assumed-paid = when an invoice is paid
assumed-tax-back = tax that the state gives back
assumed-least-share = part of a provider's agents, at least
assumed-most-share = part of a provider's agents, at most
assumed-ends = when today's contract ends
assumed-owed = what is owed until it ends
assumed-help = help with moving away
assumed-calls-again = who calls again
assumed-hangs-up = who hangs up
assumed-differs = what differs between runs
assumed-speed = agents' speed
assumed-contained = contacts that a machine serves to the end
assumed-outages = outages
assumed-absence = days missed without anybody standing in
assumed-vacant = days for which a position stays empty
assumed-learning = handle time of who is new
assumed-slowdown = how much longer a chat takes with one, two, … at once
assumed-chats-at-once = chats at once
assumed-corrected = agents of what the formula says

## Prices

prices-heading = The prices, beside what they should cost
head-charge = charge
head-price = price
head-should = should cost
head-market = others pay
head-difference = difference
head-drivers = what moves it
head-unit = unit
unit-minute = a minute
unit-hour = an hour
unit-agent-month = an agent's month
price-within = within that
price-above = { $difference } too much
price-below = { $difference } are missing: ask what is left out
price-line = { $option } asks { $price } { $code } { $unit } and should cost { $low }–{ $high } { $code }: { $verdict }
prices-within = { $plural ->
    [one] What { $number } quote asks lies within what it should cost
   *[other] What { $number } quotes ask lies within what they should cost
}
prices-within-too = { $plural ->
    [one] so is { $number } more
   *[other] so are { $number } more
}
prices-outside-more = { $plural ->
    [one] { $number } more price lies outside of what it should cost: on the page
   *[other] { $number } more prices lie outside of what they should cost: on the page
}
drivers-shared = shared agents, { $share } of their work ours
drivers-dedicated = agents for us alone
drivers-nights = { $share } of the hours at night there
price-pay = pay
price-bonus = bonus
price-nights = nights
price-languages = languages
price-taxes-and-benefits = taxes and benefits
price-paid-and-not-at-work = paid and not at work
price-supervision = supervision
price-support-functions = support functions
price-facilities-and-technology = facilities and technology
price-bandwidth-and-telephony = bandwidth and telephony
price-margin = margin
price-compensation = pay, taxes and benefits
price-facilities = facilities and lines
chart-prices = What each price should be made of, as a share of what is asked: bars in the middle of the range

## Pictures

chart-cost = Cost of each option; the thin line goes from P10 to P90
chart-parts = Where the money goes
chart-figures = What each uncertain figure does to the cost of { $option }
chart-volume = Cost by volume: where lines cross, another option is cheaper
chart-months = Cost of { $option } by month
axis-of-plan = contacts, of the plan
as-table = as a table
made-by = Longshore { $version }, seed { $seed }
