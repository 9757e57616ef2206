//! Why options stand where they do, told in words.

use longshore_business_case::{CostKind, MustMeasure};
use longshore_compare::{
    Comparison, CostPart, Freed, Hire, LeftOutWhy, Limit, NotSimulated, OptionSummary, Peak, Shortfall, Side, TeamPeak,
    Warning, Why,
};
use longshore_units::Money;

use super::providers;
use crate::teller::Teller;

/// What decides an option's place, in a sentence.
pub(crate) fn why(teller: &Teller, comparison: &Comparison, option: &OptionSummary) -> String {
    why_by(teller, comparison, option, PARTS_TOLD)
}

/// The same, with so many parts of cost beside the contracts' that are less, or more.
fn why_by(teller: &Teller, comparison: &Comparison, option: &OptionSummary, parts: usize) -> String {
    let told = if option.option == comparison.today().option {
        as_today(teller, option)
    } else {
        against_today(teller, &comparison.why(option), parts)
    };
    if option.excluded.is_empty() { told } else { teller.tell("why-excluded", &[("why", told)]) }
}

fn as_today(teller: &Teller, option: &OptionSummary) -> String {
    let cost = option.cost.mean;
    let largest = CostPart::ALL.into_iter().max_by_key(|part| option.part(*part).minor);
    let largest = largest.expect("a cost has parts");
    let share = if cost.minor == 0 { 0.0 } else { option.part(largest).minor as f64 / cost.minor as f64 };
    let arguments =
        [("cost", teller.short(cost)), ("share", teller.percent(share, 0)), ("part", teller.say(part_of(largest)))];
    let told = teller.tell("why-today", &arguments);
    let Some(service) = option.service_level() else { return told };
    let service = teller.tell("service-today", &[("service", teller.percent(service, 0))]);
    teller.tell("why-and", &[("what", told), ("more", service)])
}

fn against_today(teller: &Teller, why: &Why, parts: usize) -> String {
    let mut told = change(teller, why);
    let changes = changes(teller, why, [parts; 2], why.change.minor <= 0);
    if let Some(changes) = changes {
        told = teller.tell("why-since", &[("what", told), ("why", changes)]);
    }
    let service = match why.service_points {
        0 => teller.say("service-as-today"),
        points => {
            let points_written = teller.counted("points", points.unsigned_abs());
            teller.tell(if points < 0 { "service-lower" } else { "service-higher" }, &[("points", points_written)])
        }
    };
    told = teller.tell("why-and", &[("what", told), ("more", service)]);
    for Freed { what, hours_a_year } in &why.freed {
        let hours = teller.float(hours_a_year.to_f64(), 0);
        let more = teller.tell("hours-freed", &[("hours", hours.as_str()), ("what", what)]);
        told = teller.tell("why-and", &[("what", told), ("more", more)]);
    }
    if let Some(month) = why.earned_back {
        let more = teller.tell("earned-back", &[("month", teller.month(month))]);
        told = teller.tell("why-and", &[("what", told), ("more", more)]);
    }
    let contacts = [(why.come_back, "repeats-more", "repeats-fewer"), (why.find_closed, "closed-more", "closed-fewer")];
    for (share, more, fewer) in contacts.into_iter().filter(|(share, ..)| 0.005 <= share.abs()) {
        let id = if 0.0 < share { more } else { fewer };
        let contacts = teller.tell(id, &[("share", teller.percent(share.abs(), 1))]);
        told = teller.tell("why-and", &[("what", told), ("more", contacts)]);
    }
    told
}

/// How many warnings the terminal tells of the first option.
const MINDS_TOLD: usize = 1;

/// Why the first option rather than today's and the next, by the largest part of each, and what to know of it: the gravest
/// alone.
pub(crate) fn rather(teller: &Teller, comparison: &Comparison) -> Vec<String> {
    let Some(first) = comparison.options.iter().find(|option| option.rank == Some(1)) else { return Vec::new() };
    let why = std::iter::once(why_by(teller, comparison, first, 1)).chain(beside_next(teller, comparison, first, 1));
    let grows = first.peak.iter().find(|peak| peak.teams.iter().any(|team| team.hire != Hire::FromTheStart));
    let gravest = first.warnings.iter().take(MINDS_TOLD).map(|gravest| warning(teller, gravest));
    let minds = gravest.chain(grows.map(|grows| peak_in_short(teller, grows)));
    why.chain(minds.map(|mind| teller.tell("mind", &[("what", mind)]))).collect()
}

/// How many warnings of all options `rather` does not tell.
pub(crate) fn minds_left(comparison: &Comparison) -> usize {
    let first = comparison.options.iter().find(|option| option.rank == Some(1));
    let told = first.map_or(0, |first| first.warnings.len().min(MINDS_TOLD));
    comparison.options.iter().map(|option| option.warnings.len()).sum::<usize>() - told
}

/// Why the first option rather than the next, all its parts told. `None` of the others, where there is no next, and where
/// today's is: against that it stands anyway.
pub(crate) fn before_next(teller: &Teller, comparison: &Comparison, option: &OptionSummary) -> Option<String> {
    beside_next(teller, comparison, option, PARTS_TOLD)
}

fn beside_next(teller: &Teller, comparison: &Comparison, option: &OptionSummary, parts: usize) -> Option<String> {
    let next = comparison.options.iter().find(|next| next.rank == Some(2))?;
    let told = option.rank == Some(1) && next.option != comparison.today().option;
    told.then(|| beside(teller, comparison, (option, next), parts))
}

/// Why the first option rather than the next: what it costs less, and by which part.
fn beside(
    teller: &Teller,
    comparison: &Comparison,
    (first, next): (&OptionSummary, &OptionSummary),
    parts: usize,
) -> String {
    let why = comparison.why_beside(first, next);
    let (amount, share) = (teller.short(why.change), teller.percent(why.share.abs(), 0));
    let told = teller.tell("below-next", &[("amount", &*amount), ("share", &*share), ("option", &*next.option)]);
    // In short, what is less on one side and more on the other is told by the largest part of both sides.
    let largest = |parts: &[(CostPart, Money)]| parts.first().map_or(0, |(_, amount)| amount.minor);
    let most = match (parts, largest(&why.added) <= largest(&why.saved)) {
        (1, true) => [1, 0],
        (1, false) => [0, 1],
        _ => [parts; 2],
    };
    match changes(teller, &why, most, true) {
        Some(changes) => teller.tell("why-since", &[("what", told), ("why", changes)]),
        None => told,
    }
}

fn change(teller: &Teller, why: &Why) -> String {
    let amount = [("amount", teller.short(why.change)), ("share", teller.percent(why.share.abs(), 0))];
    teller.tell(if why.change.minor <= 0 { "why-below" } else { "why-above" }, &amount)
}

/// How many parts of cost beside the contracts' are named that are less, or more, where there is room; the rest is told
/// together.
const PARTS_TOLD: usize = 3;

/// What one part less pays for another more: of each side so many are named beside the contracts'.
fn changes(teller: &Teller, why: &Why, most: [usize; 2], cheaper: bool) -> Option<String> {
    let told = |amount: Money, part: &str| {
        teller.tell("amount-of-part", &[("amount", teller.short(amount)), ("part", teller.say(part))])
    };
    let listed = |parts: &[(CostPart, Money)], most: usize| {
        let (named, others) = named(parts, most);
        let named = named.into_iter().map(|(part, amount)| told(amount, part_of(part)));
        teller.and(&named.chain(others.map(|others| told(others, "part-others"))).collect::<Vec<_>>())
    };
    let (saved, added) = (listed(&why.saved, most[0]), listed(&why.added, most[1]));
    match (why.saved.is_empty(), why.added.is_empty()) {
        (false, false) => {
            let id = if cheaper { "saved-outweighs-added" } else { "saved-does-not-outweigh-added" };
            Some(teller.tell(id, &[("saved", saved), ("added", added)]))
        }
        (false, true) => Some(teller.tell("saved", &[("saved", saved)])),
        (true, false) => Some(teller.tell("added", &[("added", added)])),
        (true, true) => None,
    }
}

/// The parts that are named, in their order, and the sum of the rest: so many of the largest, and what contracts bill
/// beside them, which is what there is to sign.
fn named(parts: &[(CostPart, Money)], most: usize) -> (Vec<(CostPart, Money)>, Option<Money>) {
    let largest = parts.iter().filter(|(part, _)| *part != CostPart::Contracts).take(most);
    let largest: Vec<CostPart> = largest.map(|(part, _)| *part).collect();
    let is_named = |(part, _): &(CostPart, Money)| *part == CostPart::Contracts || largest.contains(part);
    let (named, rest): (Vec<_>, Vec<_>) = parts.iter().copied().partition(is_named);
    if rest.len() == 1 {
        return (parts.to_vec(), None); // A single part that is left is told by its name.
    }
    let others = rest.into_iter().map(|(_, amount)| amount);
    (named, others.reduce(|sum, amount| Money { minor: sum.minor + amount.minor, ..sum }))
}

/// The message that names a part of cost within a sentence: "2.54 M USD of the own team".
fn part_of(part: CostPart) -> &'static str {
    match part {
        CostPart::Contracts => "part-contracts",
        CostPart::Other(CostKind::Team) => "part-team",
        CostPart::Other(CostKind::Stays) => "part-stays",
        CostPart::Other(CostKind::Stranded) => "part-stranded",
        CostPart::Other(CostKind::Transition) => "part-transition",
        CostPart::Other(CostKind::Exit) => "part-exit",
        CostPart::Other(CostKind::Customers) => "part-customers",
    }
}

/// The message that heads a column of a part of cost.
pub(crate) fn part_head(part: CostPart) -> &'static str {
    match part {
        CostPart::Contracts => "head-contracts",
        CostPart::Other(CostKind::Team) => "head-team",
        CostPart::Other(CostKind::Stays) => "head-stays",
        CostPart::Other(CostKind::Stranded) => "head-stranded",
        CostPart::Other(CostKind::Transition) => "head-transition",
        CostPart::Other(CostKind::Exit) => "head-exit",
        CostPart::Other(CostKind::Customers) => "head-customers",
    }
}

/// Why an option is excluded; what one provider does not offer is told at once.
pub(crate) fn shortfalls(teller: &Teller, shortfalls: &[Shortfall]) -> Vec<String> {
    let offers_not = |one: &Shortfall, other: &Shortfall| match (one, other) {
        (
            Shortfall::Provider { provider, value: None, .. },
            Shortfall::Provider { provider: same, value: None, .. },
        ) => provider == same,
        _ => false,
    };
    let told = |alike: &[Shortfall]| match alike {
        [Shortfall::Provider { provider, .. }, _, ..] => {
            let musts = alike.iter().filter_map(|shortfall| match shortfall {
                Shortfall::Provider { must, .. } => Some(must),
                _ => None,
            });
            providers::lacks_all(teller, provider, musts)
        }
        alike => alike.iter().map(|alone| shortfall(teller, alone)).collect(),
    };
    shortfalls.chunk_by(offers_not).map(told).collect()
}

/// One reason why an option is excluded.
pub(crate) fn shortfall(teller: &Teller, shortfall: &Shortfall) -> String {
    match shortfall {
        Shortfall::BeginsLate { file, starts } => {
            teller.tell("begins-late", &[("file", file.clone()), ("day", teller.date(*starts))])
        }
        Shortfall::EndsEarly { file, ends } => {
            teller.tell("ends-early", &[("file", file.clone()), ("day", teller.date(*ends))])
        }
        Shortfall::Below(limit) => beyond(teller, limit, "limit-below"),
        Shortfall::Above(limit) => beyond(teller, limit, "limit-above"),
        Shortfall::Provider { provider, must, value } => providers::lacks(teller, provider, must, *value),
    }
}

fn beyond(teller: &Teller, limit: &Limit, id: &str) -> String {
    let written = |value: f64| match limit.measure {
        MustMeasure::SpeedOfAnswer => teller.tell("seconds-short", &[("number", teller.float(value, 0))]),
        _ => teller.percent(value, 1),
    };
    let measure = teller.say(match limit.measure {
        MustMeasure::ServiceLevel => "measure-service-level",
        MustMeasure::Abandoned => "measure-abandoned",
        MustMeasure::SpeedOfAnswer => "measure-speed-of-answer",
        MustMeasure::OverFiveMinutes => "measure-over-five-minutes",
        MustMeasure::Resolved => "measure-resolved",
    });
    let measure = match &limit.queue {
        Some(queue) => teller.tell("measure-of", &[("measure", measure.as_str()), ("queue", queue)]),
        None => measure,
    };
    teller.tell(id, &[("measure", measure), ("value", written(limit.value)), ("limit", written(limit.limit))])
}

/// What the busiest month takes, and what a contact costs then.
pub(crate) fn peak(teller: &Teller, peak: &Peak) -> String {
    let arguments = [
        ("peak", teller.month(peak.month)),
        ("cost", teller.minor(peak.cost_per_contact)),
        ("quiet", teller.month(peak.quiet)),
        ("less", teller.minor(peak.quiet_cost_per_contact)),
    ];
    peak.teams.iter().fold(teller.tell("peak", &arguments), |told, team| {
        teller.tell("why-and", &[("what", told), ("more", grows(teller, team))])
    })
}

/// What the team that grows most takes in its busiest month.
fn peak_in_short(teller: &Teller, peak: &Peak) -> String {
    let searched = peak.teams.iter().filter(|team| team.hire != Hire::FromTheStart);
    let most = searched.max_by_key(|team| team.agents - team.least.min(team.agents));
    most.map_or_else(String::new, |team| grows(teller, team))
}

fn grows(teller: &Teller, team: &TeamPeak) -> String {
    let mut arguments = vec![
        ("team", team.team.clone()),
        ("agents", teller.counted("agents", u64::from(team.agents))),
        ("least", team.least.to_string()),
        ("month", teller.month(team.month)),
    ];
    let id = match team.hire {
        Hire::By(day) => {
            arguments.push(("day", teller.date(day)));
            "peak-hire-by"
        }
        Hire::NotSaid => "peak-hire-not-said",
        Hire::FromTheStart => "peak-from-the-start",
    };
    teller.tell(id, &arguments)
}

/// What a reader should know.
pub(crate) fn warning(teller: &Teller, warning: &Warning) -> String {
    let tell = |id: &str, arguments: &[(&str, &str)]| teller.tell(id, arguments);
    match warning {
        Warning::TargetMissed { queue, share, target } => {
            let (share, target) = (teller.percent(*share, 1), teller.percent(*target, 0));
            tell("mind-target-missed", &[("queue", queue), ("share", &share), ("target", &target)])
        }
        Warning::OutOfReach { queue, share, most, target } => {
            let [share, most, target] =
                [(*share, 1), (*most, 0), (*target, 0)].map(|(share, places)| teller.percent(share, places));
            tell("mind-out-of-reach", &[("queue", queue), ("share", &share), ("most", &most), ("target", &target)])
        }
        Warning::MonthsMissed { queue, month, share, target, more } => {
            let (share, target) = (teller.percent(*share, 1), teller.percent(*target, 0));
            let month = teller.month(*month);
            let worst = [("queue", queue.as_str()), ("month", &month), ("share", &share), ("target", &target)];
            let told = tell("mind-months-missed", &worst);
            match more {
                0 => told,
                more => {
                    let others = teller.counted("months-missed-more", *more as u64);
                    tell("why-and", &[("what", &told), ("more", &others)])
                }
            }
        }
        Warning::NotWorkedOff { queue, share } => {
            tell("mind-not-worked-off", &[("queue", queue), ("share", &teller.percent(*share, 0))])
        }
        Warning::Unhandled { queue, share } => {
            tell("mind-unhandled", &[("queue", queue), ("share", &teller.percent(*share, 0))])
        }
        Warning::LeftOut { file, rows, why } => {
            let why = teller.say(match why {
                LeftOutWhy::NoProvider => "left-out-no-provider",
                LeftOutWhy::OutsideTerm => "left-out-outside-term",
                LeftOutWhy::UnknownQuantity => "left-out-unknown-quantity",
                LeftOutWhy::OtherProgram => "left-out-other-program",
            });
            tell("mind-left-out", &[("file", file), ("rows", &teller.counted("rows", *rows)), ("why", &why)])
        }
        Warning::NotSimulated { charge, file, what } => {
            let what = teller.say(match what {
                NotSimulated::Reported => "not-simulated-reported",
                NotSimulated::Sales => "not-simulated-sales",
                NotSimulated::Leads => "not-simulated-leads",
                NotSimulated::Appointments => "not-simulated-appointments",
                NotSimulated::Approvals => "not-simulated-approvals",
            });
            tell("mind-not-simulated", &[("charge", charge), ("file", file), ("what", &what)])
        }
        Warning::NobodyReopens { charge, file } => tell("mind-nobody-reopens", &[("charge", charge), ("file", file)]),
        Warning::BillsNothing { charge, file } => tell("mind-bills-nothing", &[("charge", charge), ("file", file)]),
        Warning::Unmeasured { term, file } => tell("mind-unmeasured", &[("term", term), ("file", file)]),
        Warning::OutsideHorizon { what, file, side } => {
            let side = teller.say(match side {
                Side::Before => "side-before",
                Side::After => "side-after",
            });
            match file {
                Some(file) => tell("mind-outside-of-file", &[("what", what), ("file", file), ("side", &side)]),
                None => tell("mind-outside", &[("what", what), ("side", &side)]),
            }
        }
        Warning::LooksBack { charges, file } => {
            let named: Vec<String> = charges.iter().map(|charge| format!("`{charge}`")).collect();
            let many = if charges.len() == 1 { "one" } else { "other" };
            tell("mind-looks-back", &[("charges", &teller.and(&named)), ("many", many), ("file", file)])
        }
        Warning::OtherZone { file, zone, case_zone } => {
            tell("mind-other-zone", &[("file", file), ("zone", zone), ("case", case_zone)])
        }
        Warning::PoolByAgent { file } => tell("mind-pool-by-agent", &[("file", file)]),
        Warning::NobodyReaches { team, queue } => tell("mind-nobody-reaches", &[("team", team), ("queue", queue)]),
        Warning::NotKnown { provider, must } => {
            tell("mind-not-known", &[("provider", provider), ("must", &providers::asked(teller, must))])
        }
        Warning::Misfit { provider, misfit } => providers::misfit(teller, provider, misfit),
        Warning::MinimumUnused { minimum, file, amount } => {
            let amount = teller
                .tell("money-units", &[("number", teller.whole(*amount).as_str()), ("code", amount.currency.code())]);
            tell("mind-minimum-unused", &[("minimum", minimum), ("file", file), ("amount", &amount)])
        }
        Warning::Overtaken { runs, of, behind } => {
            let (runs, of) = (runs.to_string(), of.to_string());
            tell("mind-overtaken", &[("runs", &runs), ("of", &of), ("behind", behind)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_are_named_beside_the_largest_other_part() {
        use CostKind::{Exit, Stays, Stranded, Transition};
        let usd = |minor| Money { minor, currency: "USD".parse().unwrap() };
        let parts =
            |kinds: &[CostPart]| kinds.iter().zip([50, 40, 30, 20]).map(|(kind, cost)| (*kind, usd(cost))).collect();
        let other = CostPart::Other;
        let last: Vec<_> = parts(&[other(Stays), other(Transition), other(Exit), CostPart::Contracts]);
        assert_eq!(named(&last, 1), (vec![last[0], last[3]], Some(usd(70))));
        assert_eq!(named(&last, 0), (vec![last[3]], Some(usd(120))));
        assert_eq!(named(&last, 2), (last.clone(), None), "a single part that is left has its name");
        let first: Vec<_> = parts(&[CostPart::Contracts, other(Stays), other(Transition), other(Exit)]);
        assert_eq!(named(&first, 1), (first[..2].to_vec(), Some(usd(50))));
        let none: Vec<_> = parts(&[other(Stays), other(Transition), other(Exit), other(Stranded)]);
        assert_eq!(named(&none, 1), (vec![none[0]], Some(usd(90))));
        assert_eq!(named(&[], 1), (vec![], None));
    }
}
