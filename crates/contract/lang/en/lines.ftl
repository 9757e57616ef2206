### What stands over several lines: minimums, discounts, indexes, prepayments.

heading-minimums = Minimums and commitments
heading-discounts = Discounts and rebates
heading-indexes = How prices change over time
heading-prepaid = What is paid before it is used

minimum-month = For { $charges } the buyer pays at least { $amount } a month (minimum), counted after discounts.
minimum-quarter = For { $charges } the buyer pays at least { $amount } a quarter of the contract (minimum), counted after discounts.
minimum-year = For { $charges } the buyer pays at least { $amount } a year of the contract (minimum), counted after discounts.
minimum-term = For { $charges } the buyer pays at least { $amount } over the whole term (minimum), counted after discounts.
minimum-shortfall = What is missing to it (shortfall) is a line of its own.
minimum-by-day = In a month that is only partly in the term, the minimum is its days' share (prorated).
minimum-whole = In a month that is only partly in the term, the minimum is the full amount.
minimum-waived = It is not asked for (waived) in a month with { $condition }.
commitment-month = Each month the buyer commits to { $volume } of { $charges } (take or pay).
commitment-quarter = Each quarter of the contract the buyer commits to { $volume } of { $charges } (take or pay).
commitment-year = Each year of the contract the buyer commits to { $volume } of { $charges } (take or pay).
commitment-term = Over the whole term the buyer commits to { $volume } of { $charges } (take or pay).
commitment-shortfall = Whatever is missing from it (shortfall) is paid all the same, at { $price }.
commitment-by-day = In a month that is only partly in the term, it is its days' share (prorated).
commitment-whole = In a month that is only partly in the term, it is all of it.
commitment-beyond = For each unit beyond { $volume }, { $share } of what these units cost on average is added.
settled-month = It is settled each month.
settled-quarter = It is settled in the last month of each quarter of the contract.
settled-year = It is settled in the last month of each year of the contract.
settled-term = It is settled in the last month of the contract.
example-minimum = For example, if that comes to { $reached } { $in }, the buyer pays { $missing } more.
example-commitment = For example, with { $volume } { $in }, the buyer pays { $amount } more.
example-commitment-of-forecast = For example, with a forecast of { $forecast } and a volume of { $volume } { $in }, the buyer pays { $amount } more.

discount-share = { $share } is taken off { $charges }.
discount-amount = { $amount } a month is taken off { $charges }, but never more than is billed for that.
rebate-month = The total of { $charges } in a month decides how much of it is given back (rebate):
rebate-quarter = The total of { $charges } in a quarter of the contract decides how much of it is given back (rebate):
rebate-year = The total of { $charges } in a year of the contract decides how much of it is given back (rebate):
rebate-term = The total of { $charges } over the whole term decides how much of it is given back (rebate):
rebate-band = from { $from } on: { $share }
rebate-retroactive = The share that is reached holds for all of it, also for what was paid before; what was given back already is taken into account.
discount-from-until = It holds from { $from } to { $until }, both days included.
discount-from = It holds from { $from } on.
discount-until = It holds until { $until }, that day included.
discount-part = In a month that is only partly within, its days' share is taken off (prorated).
example-discount = For example, from { $base } { $in }, { $amount } is taken off.

index-of = Indexation by { $series }
index-fixed = Indexation by a fixed percentage
index-series = { $every }, counted from the first day of the contract, the prices of { $charges } follow the index { $series }: they move by as much as the index has moved since the step before, at first since { $base }.
index-share = { $every }, counted from the first day of the contract, the prices of { $charges } rise by { $share }.
every-year = Every year
every-months = Every { $months }
index-at-most = A step raises them by at most { $share }.
index-uncapped = No limit is set to how much a step raises them.
index-at-least = A step raises them by at least { $share }.
index-down-at-most = A step lowers them by at most { $share }.
index-from = A new price holds from the first month that begins on the day of the step or after it.
example-index-series = For example, if { $series } rises by { $rise } until the first step, a month of { $charge } that costs { $before } before costs { $after } from { $month } on.
example-index-share = For example, a month of { $charge } that costs { $before } before the first step costs { $after } from { $month } on.

prepaid-once = The buyer pays { $amount } in advance, on { $date } (prepaid).
prepaid-monthly = The buyer pays { $amount } in advance each month (prepaid).
prepaid-drawn = What is billed for { $charges } is taken from that balance as long as it lasts; only what goes beyond is paid.
prepaid-expires = What is left of a payment lapses after { $months }.
prepaid-stays = What is left does not lapse.
example-prepaid = For example, if that comes to { $base } in a month, { $drawn } is taken from the balance.
