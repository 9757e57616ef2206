### Charges: what is counted, what it costs, and a case worked through.

heading-charges = What is billed

## What is counted

counts-contacts = Each contact counts as one.
counts-legs = Each visit of a contact to a queue or an agent (leg) counts as one.
counts-time = For each contact, this time is billed: { $parts }.
counts-time-of-leg = For each visit of a contact to a queue or an agent (leg), this time is billed: { $parts }.
counts-agent-time = The working time of agents is billed as the systems recorded it.
counts-overtime = Overtime is billed: what an agent works beyond { $time } in a week. Weeks begin on { $day }, also across the end of a month.
counts-requested = The agent hours that the buyer requested are billed.
counts-scheduled = The agent hours that the provider scheduled are billed.
counts-productive = The agent hours in which agents were available or at work (productive) are billed.
counts-lesser = In each interval of { $per }, the lower of these is billed (lesser of): { $hours }.
counts-greater = In each interval of { $per }, the higher of these is billed (greater of): { $hours }.
counts-at-most = In each interval no more than { $share } of { $hours } is billed.
counts-agent-days = Each agent on the provider's register is billed by the month; who is there for part of a month is billed for those days (prorated).
counts-agent-months = Each agent on the provider's register is billed by the month; who is there for part of a month is billed for all of it.
counts-resolutions = Each contact that settles what the customer came for (resolution) counts as one.
counts-sales = Each contact with a sale counts as one.
counts-sale-amounts = The provider earns a commission on what it sells.
counts-leads = Each prospect won (lead) counts as one.
counts-appointments = Each appointment made counts as one.
counts-reported = What the provider reports is billed by the item.
counts-costs = Costs that the provider pays on the buyer's behalf are passed on.
reopened-within = A contact does not count if the customer comes back with the same matter within { $time }; until that time has passed, the month is provisional.
evidence = Only what comes with a document (evidence) is billed.

steps-exact = Time is billed to the millisecond.
steps-then = Time is billed in steps of { $then } (increments); a step that has begun is billed in full.
steps-first = Each { $row ->
    [leg] leg
   *[contact] contact
} is billed at least { $first }; time beyond that is billed to the millisecond.
steps-first-then = Each { $row ->
    [leg] leg
   *[contact] contact
} is billed at least { $first }, and time beyond that in steps of { $then } (increments); a step that has begun is billed in full.
free-up-to = A { $row ->
    [leg] leg
   *[contact] contact
} of no more than { $time } is free and is not counted.
free-first = The beginning of each { $row ->
    [leg] leg
   *[contact] contact
} is free: { $time }.
extra = Added to the time of each billed { $row ->
    [leg] leg
   *[contact] contact
}: { $time }.

## What a unit costs

price = The price is { $price }.
commission = The commission is { $share } of the amount sold.
costs-as-they-are = They are billed as they are, without a markup.
costs-with-markup = They are billed with a markup of { $share }.
of-price = The price is { $share } of the list price of { $charge }.
of-price-of-month = The price is { $share } of the price that applied to { $charge } in the month.

bands-month = The price depends on the volume of the month (tiers).
bands-quarter = The price depends on the volume added up over a quarter of the contract (tiers).
bands-year = The price depends on the volume added up over a year of the contract (tiers).
bands-term = The price depends on the volume added up over the whole term of the contract (tiers).
bands-by-agents = The price depends on how many agents are on the provider's register, on average over the month (tiers).
tiers-graduated = Each unit costs the price of the band it lies in (graduated), and reaching a new band changes nothing for the units before it:
tiers-volume-month = The band that the month reaches sets the price of all units of the month, from the first one on (volume):
tiers-volume-quarter = The band that the quarter reaches sets the price of all units of the quarter, from the first one on (volume):
tiers-volume-year = The band that the year reaches sets the price of all units of the year, from the first one on (volume):
tiers-volume-term = The band that the contract reaches sets the price of all units of the term, from the first one on (volume):
tiers-stair-step = The band that is reached costs one amount, however much is used within it (stair-step):
rebate-for-earlier-months = When a cheaper band is reached, what earlier months of the period paid too much is given back in that month (rebate).
band = { $range }: { $price }
units-first = the first { $to }
units-next = from { $from } to { $to }
units-beyond = everything beyond { $from }
range-all = any volume
range-below = below { $to }
range-up-to = up to { $to }
range-from = { $from } or more
range-over = more than { $from }
range-from-below = { $from } or more, but below { $to }
range-from-up-to = { $from } or more, up to { $to }
range-over-below = more than { $from }, but below { $to }
range-over-up-to = more than { $from }, up to { $to }
in-all = { $amount } in all
price-block = { $price } for each block of { $size } ({ $partial })
block-up = a block that has begun is billed in full
block-down = a block that is not full is not billed
block-nearest = a block that is not full is billed if at least half of it is used
band-fee = plus a fixed { $amount }
band-fee-first = The fixed amount of the first band is due even if nothing is used.
band-fee-due = The fixed amount of a band is due once the volume reaches it.
band-fee-reached = The fixed amount that is due is that of the band that the volume reaches, alone.
band-fee-alone = a fixed { $amount }
band-at-most = at most { $amount } for these units
scope-program = Each program is counted by itself and climbs the bands by itself.
scope-site = Each site is counted by itself and climbs the bands by itself.
cliff-down = Watch the bound: the total is { $below } for { $less }, but { $above } for { $more }. More can cost less in total.
cliff-up = Watch the bound: the total is { $below } for { $less } and { $above } for { $more }.
example-by-agents = For example, the total for { $quantity } is { $below } with { $less } and { $above } with { $more }.

lengths-part = The price depends on the length of each contact; each part of it costs its own price:
lengths-whole = The price depends on the length of each contact; the part that it reaches sets the price of all of it:
length = { $range }: { $price }, in steps of { $then }
length-all = any length
length-first = the first { $to }
length-next = from { $from } to { $to }
length-beyond = beyond { $from }

## Included units, fees, limits

included = Included and free each month: { $quantity }.
included-lapse = What is not used by the end of the month lapses.
included-rollover = What is not used stays for { $months } more (rollover) and is used first; then it lapses.
included-pooled = All programs or sites share them (pooled).
included-apart = Each program or site has its own.
included-first = The first ones of the month are the free ones.
included-proportional = All units of the month share in them alike.
included-cheapest = Those with the lowest surcharge are the free ones.
included-by-day = A month that is only partly in the term has its days' share of them (prorated).
included-whole = A month that is only partly in the term has all of them.
fee = A fixed amount of { $amount } a month comes with it, used or not.
part-by-day = A month that is only partly in the term costs its days' share (prorated).
part-whole = A month that is only partly in the term costs as much as a full one.
connect-fee-contact = Each billed contact costs { $amount } on top (connect fee).
connect-fee-leg = Each billed leg costs { $amount } on top (connect fee).
each-at-least-contact = Each contact costs at least { $amount }, surcharges included.
each-at-least-leg = Each leg costs at least { $amount }, surcharges included.
each-at-least-sale = Each contact with a sale costs at least { $amount }.
each-at-most-contact = Each contact costs at most { $amount }, surcharges included.
each-at-most-leg = Each leg costs at most { $amount }, surcharges included.
each-at-most-sale = Each contact with a sale costs at most { $amount }.
limits-month = On the month's line: { $limits }.
limits-quarter = On the lines of a quarter of the contract together: { $limits }.
limits-year = On the lines of a year of the contract together: { $limits }.
limits-term = On the lines of the whole term together: { $limits }.
limits-in-order = They apply in this order.
limit-discount = a discount of { $value }
limit-cap = at most { $value } (cap)
limit-minimum = at least { $value } (minimum), also if nothing is used
refund = If an agent leaves within { $days } after such time, that time is given back at the price it was billed at, in the month in which the agent leaves (refund).
rounded-itself = This charge is rounded by itself: { $rule }.

## Surcharges

surcharges = At certain times something is added (surcharge):
surcharge = { $calendar } ({ $times }): { $share } { $base }
surcharge-base-only = more, that is, { $price }
surcharge-base-list = of the price of the first band, that is, { $price }
surcharge-base-price = of the price
surcharge-base-marginal = of the price that the unit itself costs in its band
surcharge-base-average = of what the month's units cost on average
surcharges-add = Where several apply at once, they add up.
surcharges-highest = Where several apply at once, only the highest counts.
across-agent-time = Agents' time is cut where such a time begins or ends.
across-schedule = The beginning of each interval of the schedule decides.
across-arrived = The moment at which a contact arrives decides for all of it.
across-offered = The moment at which a contact is offered to a queue decides for all of it.
across-answered = The moment at which a contact is answered decides for all of it.
across-ended = The moment at which a contact ends decides for all of it.
across-split = A contact that such a time begins or ends in is split there; each part is priced by itself.
across-split-some = For { $calendars } it is split there; each part is priced by itself.

## Amounts

flat = { $amount } a month, whether anything is used or not.
four-weekly = { $amount } every 28 days, counted from the first day of the contract, in the month in which each period begins: thirteen times in a year of 52 weeks, which comes to { $year }.
once = { $amount } once, due on { $date }.
ratio = For every { $per } of { $of }, the buyer pays for { $one }.
ratio-up = A part that has begun counts as a whole one.
ratio-down = A part that is not whole does not count.
ratio-nearest = A part counts as a whole one from its half on.
ratio-exact = A part is billed as a part.
share = The buyer pays { $share } of what these lines come to: { $charges }.

## Examples

example-contact = For example, a contact with { $time } of this time is billed as { $billed } ({ $quantity }) and costs { $amount }.
example-contact-plain = For example, a contact with { $time } of this time is billed as { $billed } and costs { $amount }.
example-leg-plain = For example, a leg with { $time } of this time is billed as { $billed } and costs { $amount }.
example-leg = For example, a leg with { $time } of this time is billed as { $billed } ({ $quantity }) and costs { $amount }.
example-surcharged = In { $calendar }, the same costs { $amount }.
example-length = For example, a contact of { $time } costs { $amount }.
example-month = For example, for { $quantity } in a month the buyer pays { $amount }.
example-month-contacts = For example, for { $contacts } of { $time } each, together { $quantity } in a month, the buyer pays { $amount }.
example-month-surcharged = If all of it lies in { $calendar }, it is { $amount }.
example-agent-days = For example, an agent who is on the register for { $days } of { $month } costs { $amount }.
example-sale = For example, a sale of { $sale } earns the provider { $amount }.
example-cost = For example, costs of { $cost } are billed at { $amount }.
example-refund = For example, if { $quantity } are billed and these agents leave in the month after, the provider gives back { $amount }.
example-ratio = For example, with { $base } it is { $quantity }, and the buyer pays { $amount }.
example-share = For example, in a month in which these lines come to { $base }, it is { $amount }.
example-part = For example, a month of which only { $days } are in the term costs { $amount }.
example-once = For example, the invoice for { $month } has a line of { $amount }; no other has it.
example-four-weekly = For example, the invoice for { $month } has a line of { $amount }.

## Rounding

round-half-up = to the nearest { $step }, halves away from zero, { $at }
round-half-even = to the nearest { $step }, halves to the even multiple, { $at }
round-up = up to the next multiple of { $step }, { $at }
round-down = down to a multiple of { $step }, { $at }
round-at-contact = at each contact (what counts no contacts, once at its line)
round-at-line = once at each line
round-at-invoice = once, at the total of the invoice
