//! Months in which much falls together, reckoned by hand in exact fractions: terms that change on the last day of a month and
//! within a leap year's February, a year's bands over both, included units that are carried across, a minimum with discount,
//! waiver and credit, and prepayments that lapse in the month in which they are drawn.

#![allow(clippy::unwrap_used)]

mod invoices;

use longshore_contract::read;
use longshore_units::Text;

/// The lines of each month: `voice 50.93, chat 100, …`. Head and clauses are a whole contract.
fn lines(text: &str, used: &str, (from, to): (&str, &str)) -> Vec<String> {
    let (contract, findings) = read(&Text::new("contract.toml", text));
    let contract = contract.unwrap_or_else(|| panic!("{findings:#?}"));
    let invoices = invoices::invoices(&contract, "month,charge,rows,quantity,day", used, from, to);
    let line = |line: &longshore_contract::Line| format!("{} {}", line.charge, line.amount);
    invoices.iter().map(|invoice| invoice.lines.iter().map(line).collect::<Vec<_>>().join(", ")).collect()
}

const HEAD: &str = "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'America/New_York'\ncounted_at = 'offered'\n\
    round = { at = 'line', to = '0.01', how = 'half-up' }\n";

#[test]
fn a_minimum_with_all_that_is_taken_off_over_a_years_end_and_two_amendments() {
    let text = format!(
        "{HEAD}starts = 2027-11-15
ends = 2029-03-10
[[charge]]
name = 'voice'
when = {{ outcome = ['answered'] }}
unit = 'minute'
of = ['talk']
then = '6s'
scope = 'contract'
per = 'year'
tiers = 'graduated'
bands = [{{ from = 0, each = '0.42' }}, {{ from = 5000, each = '0.377' }}, {{ above = 9000, each = '1/3' }}]
included = {{ quantity = 300, to = 'proportional', rollover = '2 months', prorate = 'day' }}
fee = '95.50'
prorate = 'day'
[[charge]]
name = 'chat'
unit = 'contact'
when = {{ channel = 'chat' }}
each = '1.99'
discount = '10%'
minimum = {{ amount = 100 }}
order = ['discount', 'cap', 'minimum']
[[charge]]
name = 'platform'
amount = 1500
per = 'month'
prorate = 'day'
[[discount]]
name = 'trial'
on = ['platform', 'chat']
percent = 50
from = 2027-11-20
until = 2028-02-10
[[minimum]]
name = 'floor'
on = ['voice', 'chat', 'platform']
amount = 3000
prorate = 'day'
waived_if = 'staffed < 95% of requested'
[[prepaid]]
name = 'credit'
on = ['voice']
amount = 900
due = 2027-12-01
expires = '3 months'
[[sla]]
name = 'answered'
measure = {{ preset = 'service level, offered', threshold = '20s' }}
target = '80%'
on = ['voice', 'chat']
credit = [{{ below = '80%', percent = 2 }}, {{ below = '75%', percent = 5 }}]
[at_risk]
cap = '4%'
[tax]
kind = 'VAT'
percent = 12
recoverable = true
[[amendment]]
known = 2027-12-20
effective = 2028-01-31
set.charge.voice.fee = 120
set.charge.voice.included.quantity = 450
set.charge.platform.amount = 1777
[[amendment]]
known = 2028-01-20
effective = 2028-03-01
set.charge.voice.bands = [{{ from = 0, each = '0.40' }}, {{ from = 6000, each = '0.35' }}]
"
    );
    let used = "2027-11,voice,10,100.7,
2027-11,chat,10,31,
2027-11,floor: staffed,1,100,
2027-11,floor: requested,1,100,
2027-12,voice,100,2600,
2027-12,chat,100,200,
2027-12,floor: staffed,1,94,
2027-12,floor: requested,1,100,
2027-12,answered,,74%,
2028-01,voice,100,3000,2028-01-10
2028-01,voice,10,333.3,2028-01-31
2028-01,chat,10,20,2028-01-02
2028-01,chat,10,5,2028-01-31
2028-01,floor: staffed,1,95,2028-01-01
2028-01,floor: requested,1,100,2028-01-01
2028-01,answered,,79%,
2028-02,voice,100,2900.1,
2028-02,chat,10,0,
2028-02,floor: staffed,1,95,
2028-02,floor: requested,1,100,
2028-02,answered,,80%,
2028-03,voice,100,2900.1,
2028-03,chat,10,400,
2028-03,floor: staffed,1,95,
2028-03,floor: requested,1,100,
2028-03,answered,,10%,";
    assert_eq!(
        lines(&text, used, ("2027-11", "2028-03")),
        [
            // 16 of 30 days: 160 minutes included, of which 59.3 are carried over; the trial holds on 11 of the 16.
            "voice 50.93, chat 100, platform 800, trial -309.38, floor 958.45, VAT 192",
            // 2,600 less 359.3 at 0.42; the minimum is waived; 5% are more than the 4% at risk, which are cut to cents.
            "voice 1036.59, chat 358.2, platform 1500, trial -929.1, credit 900, credit: drawn down -900, answered -48.62, VAT 230.05",
            // 30 days under the old terms and one under the new: the year's volume passes 5,000 on that day.
            "voice 1356.67, chat 100, platform 1508.94, trial -804.47, floor 838.86, answered -28.13, VAT 356.62",
            // 10 of 29 days of the trial.
            "voice 1043.69, chat 100, platform 1777, trial -323.62, floor 402.93, VAT 360",
            // What the year used before climbs the new bands, and is not billed again.
            "voice 977.54, chat 716.4, platform 1777, answered -67.75, VAT 408.38",
        ]
    );
}

#[test]
fn a_quarters_tiers_an_index_and_monthly_prepayments_over_a_leap_day() {
    let text = format!(
        "{HEAD}starts = 2028-01-01
ends = 2028-12-31
[[charge]]
name = 'voice'
unit = 'contact'
when = {{ outcome = ['answered'] }}
scope = 'contract'
per = 'quarter'
tiers = 'volume'
bands = [{{ from = 0, each = 2 }}, {{ from = 100, each = '1.5' }}, {{ from = 300, each = '1.20' }}]
[[charge]]
name = 'desk'
unit = 'contact'
when = {{ channel = 'chat' }}
each = 1
included = {{ quantity = 29, to = 'proportional', rollover = '1 month', prorate = 'none' }}
[[prepaid]]
name = 'wallet'
on = ['voice']
amount = 100
per = 'month'
expires = '2 months'
[[index]]
on = ['voice']
percent = 3
every = '3 months'
[[amendment]]
known = 2028-02-01
effective = 2028-02-29
set.charge.voice.bands = [{{ from = 0, each = '1.90' }}, {{ from = 100, each = '1.4' }}, {{ from = 250, each = 1 }}]
set.charge.desk.included = {{ quantity = 58, to = 'proportional', rollover = '3 months', prorate = 'none' }}
"
    );
    let used = "2028-01,voice,9,90,
2028-02,voice,9,20,2028-02-01
2028-02,voice,9,200,2028-02-29
2028-04,voice,9,10,
2028-05,voice,9,60,
2028-01,desk,9,20,
2028-02,desk,9,30,2028-02-01
2028-02,desk,9,20,2028-02-29
2028-03,desk,9,50,
2028-04,desk,9,80,
2028-05,desk,9,80,";
    assert_eq!(
        lines(&text, used, ("2028-01", "2028-05")),
        [
            "voice 180, desk 0, wallet 100, wallet: drawn down -100",
            // 110 × 1.50 − 90 × 2, then 310 × 1 − 110 × 1.40. 29 and the 9 of January less 30 leave 8 for the leap day's 20.
            "voice 141, desk 12, wallet 100, wallet: drawn down -100",
            "voice 0, desk 0, wallet 100",
            // 10 × 1.90 × 1.03. The 100 of March come first, of which 80.43 lapse.
            "voice 19.57, desk 14, wallet 100, wallet: drawn down -19.57",
            // 60 × 1.90 × 1.03, from the 100 of April and those of May.
            "voice 117.42, desk 22, wallet 100, wallet: drawn down -117.42",
        ]
    );
}

/// 600 minutes are free in March, whichever day they are used on: terms that change on the 10th, and nothing of this charge,
/// take none of them from 500 minutes of the 3rd. 200 of the 300 minutes of the 13th are billed at 1, beside the fee of 300.
#[test]
fn an_amendment_of_something_else_takes_no_included_units() {
    let of = |to: &str| {
        format!(
            "{HEAD}starts = 2027-01-01\n[[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk']\nthen = '6s'\n\
             when = {{ outcome = ['answered'] }}\neach = 1\nfee = 300\nprorate = 'day'\n\
             included = {{ quantity = 600, to = '{to}' }}\n"
        )
    };
    let amendment = "[[amendment]]\nknown = 2027-01-01\neffective = 2027-03-10\n[[amendment.add.charge]]\n\
                     name = 'desk'\namount = 0\nper = 'month'\nprorate = 'day'\n";
    let used = "2027-03,voice,1,500,2027-03-03\n2027-03,voice,1,300,2027-03-13";
    for to in ["first", "proportional", "cheapest"] {
        let plain = of(to);
        assert_eq!(lines(&plain, used, ("2027-03", "2027-03")), ["voice 500"], "{to}");
        let amended = format!("{plain}{amendment}");
        assert_eq!(lines(&amended, used, ("2027-03", "2027-03")), ["voice 500, desk 0"], "{to}");
    }
}
