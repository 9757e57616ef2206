//! Reading what a unit costs by volume: one price, or bands.

use std::ops::Range;

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Amount, Diagnostic, Exact, Factor, Price, Quantity, RoundHow};

use super::bound;
use crate::{Band, Bands, BandsError, Block, Bound, Counted, Grain, Measure, Per, Scope, Tariff, Tiers, TiersBy};

/// The words of `tiers`. A package is graduated: what makes it one is that its units are billed in blocks.
const WORDS: [(&str, Word); 4] = [
    ("graduated", Word { tiers: Tiers::Graduated, package: false }),
    ("volume", Word { tiers: Tiers::Volume, package: false }),
    ("stair-step", Word { tiers: Tiers::StairStep, package: false }),
    ("package", Word { tiers: Tiers::Graduated, package: true }),
];

/// The most bands of a charge: the volume of each of its groups is laid into all of them.
const MOST: usize = 100;

#[derive(Clone, Copy)]
struct Word {
    tiers: Tiers,
    package: bool,
}

/// Reads `bands` with `tiers`, `tiers_by`, `block` and `partial`, or `each` as the only price.
pub(super) fn read(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Tariff> {
    let each = fields.take("each");
    let bands = fields.take("bands");
    let tiers_node = fields.take("tiers");
    let word = tiers_node.map(|node| node.one_of(&WORDS, findings));
    let by = tiers_by(fields, word.flatten(), findings);
    let block = block(fields, None, findings);
    let usual = Usual { tiers: word.flatten().map_or(Tiers::Graduated, |word| word.tiers), block: block.flatten() };
    let bands = match (each, bands) {
        (Some(node), None) => {
            let price = node.exact_not_negative(findings).map(Price);
            if usual.tiers == Tiers::StairStep {
                let help = "write `bands = [{ from = \"0\", amount = \"400\" }, …]`";
                findings.error("C031", &node.span, "stair-step tiers have amounts by band, and no price a unit", help);
                return None;
            }
            let only = Band { block: usual.block.clone(), ..Band::plain(Bound::Units(Quantity::zero()), price?) };
            Bands::new(vec![only]).ok()
        }
        (None, Some(node)) => {
            if word.is_none() && 1 < node.one_or_many().len() {
                let message = "it is not said how the bands apply: each to the units within it (graduated)";
                let help = "ask the provider, and add `tiers = \"graduated\"`; \
                            with volume tiers one price would apply to all units";
                findings.warning("C028", &node.span, message, help);
            }
            banded(node, &usual, findings)
        }
        (Some(each), Some(bands)) => {
            let _ = (each.exact_not_negative(findings), banded(bands, &usual, findings));
            let primary = findings.label(&each.span, "one price");
            let related = findings.label(&bands.span, "and prices by band");
            let diagnostic = Diagnostic::error("C003", "this charge has two prices", primary).with_related(related);
            findings.push(diagnostic.with_help("keep one of them"));
            None
        }
        (None, None) => {
            let help = "add `each = \"0.95\"`, or `bands = [{ from = \"0\", each = \"0.95\" }, …]`";
            findings.error("C003", fields.place(), "this charge has no price", help);
            None
        }
    }?;
    if let (Some(node), Some(Some(Word { package: true, .. }))) = (tiers_node, word)
        && bands.iter().any(|band| band.block.is_none())
    {
        let help = "add `block = \"100\"`: how many units a package has";
        findings.error("C030", &node.span, "it is not said how many units a package has", help);
    }
    Some(Tariff::Bands { bands, tiers: usual.tiers, by: by? })
}

/// What the charge says of all its bands.
struct Usual {
    tiers: Tiers,
    block: Option<Block>,
}

/// `block` and `partial`: units that are billed together, and what becomes of those that do not fill one. A band may say one
/// of both, and have the other from the charge.
fn block(fields: &mut Fields<'_>, usual: Option<&Block>, findings: &mut Findings) -> Option<Option<Block>> {
    let ways = [
        ("up", RoundHow::Up),
        ("down", RoundHow::Down),
        ("half-up", RoundHow::HalfUp),
        ("half-even", RoundHow::HalfEven),
    ];
    let size_node = fields.take("block");
    let partial = fields.take_entry("partial");
    let Some(size_node) = size_node else {
        if let (Some((_, node)), Some(Block { size, .. })) = (partial, usual) {
            return Some(Some(Block { size: size.clone(), partial: node.one_of(&ways, findings)? }));
        }
        if let Some((key, _)) = partial {
            let help = "add `block = \"100\"`: how many units are billed together";
            findings.error(
                "C030",
                &key.span,
                "`partial` says what becomes of a block only begun, and there is none",
                help,
            );
        }
        return Some(None);
    };
    let size = size_node.exact_not_negative(findings).map(Quantity)?;
    if size.is_zero() {
        findings.error("C030", &size_node.span, "a block of no units cannot be counted", "write `block = \"100\"`");
        return None;
    }
    let usual = usual.map_or(RoundHow::Up, |usual| usual.partial);
    let partial = partial.map_or(Some(usual), |(_, node)| node.one_of(&ways, findings))?;
    Some(Some(Block { size, partial }))
}

/// `tiers_by`: whose volume decides.
fn tiers_by(fields: &mut Fields<'_>, word: Option<Word>, findings: &mut Findings) -> Option<TiersBy> {
    let Some(node) = fields.take("tiers_by") else { return Some(TiersBy::Quantity) };
    let by = node.one_of(&[("quantity", TiersBy::Quantity), ("agents, month's average", TiersBy::Agents)], findings)?;
    if by == TiersBy::Agents && word.is_none_or(|word| word.tiers != Tiers::Volume) {
        let message = "the number of agents chooses one band for all units, and these tiers choose none";
        findings.error("C032", &node.span, message, "add `tiers = \"volume\"`");
        return None;
    }
    Some(by)
}

/// A band that is being read.
struct Read {
    from: Bound,
    above: bool,
    place: Range<usize>,
    /// None where what the band costs could not be read.
    costs: Option<Costs>,
}

struct Costs {
    price: Price,
    block: Option<Block>,
    fee: Amount,
    most: Option<Amount>,
}

fn banded(node: &Node, usual: &Usual, findings: &mut Findings) -> Option<Bands> {
    let nodes = node.list(findings)?;
    if let Some(beyond) = nodes.get(MOST) {
        let help = "join those that are close to each other";
        findings.error("C006", &beyond.span, format!("more than {MOST} bands"), help);
        return None;
    }
    let read: Vec<Read> = nodes.iter().filter_map(|node| band(node, usual, findings)).collect();
    // Where the bands begin is looked at also where a price is missing; where a start is, nothing can be said of them.
    if read.len() < nodes.len() {
        return None;
    }
    let whole = read.iter().all(|band| band.costs.is_some());
    let places: Vec<Range<usize>> = read.iter().map(|band| band.place.clone()).collect();
    let bands = read.into_iter().map(|band| {
        let plain = Band::plain(band.from, Price::zero());
        match band.costs {
            Some(Costs { price, block, fee, most }) => Band { above: band.above, price, block, fee, most, ..plain },
            None => Band { above: band.above, ..plain },
        }
    });
    match Bands::new(bands.collect()) {
        Ok(bands) => whole.then_some(bands),
        Err(BandsError::GapAtStart) => {
            let span = places.first().unwrap_or(&node.span);
            let help = "small volumes would have no price: begin at \"0\"";
            findings.error("C005", span, "the first band does not begin at 0", help);
            None
        }
        Err(BandsError::NotIncreasing(position)) => {
            let primary = findings.label(&places[position], "this band");
            let related = findings.label(&places[position - 1], "starts where this one does, or after it");
            let message = "two bands start at the same volume, or in the wrong order";
            let diagnostic = Diagnostic::error("C006", message, primary).with_related(related);
            findings.push(diagnostic.with_help("raise one start; bands must increase, and the last one has no end"));
            None
        }
        Err(BandsError::Mixed(position)) => {
            let primary = findings.label(&places[position], "this band");
            let related = findings.label(&places[position - 1], "begins at the other kind of bound");
            let message = "one band begins at a share of the forecast and another at a number of units";
            let diagnostic = Diagnostic::error("C034", message, primary).with_related(related);
            findings.push(
                diagnostic.with_help("which of them comes first would change every month: write all of one kind"),
            );
            None
        }
    }
}

fn band(node: &Node, usual: &Usual, findings: &mut Findings) -> Option<Read> {
    let mut fields = Fields::of(node, findings)?;
    fields.called(&super::charge::CALLED);
    let (from, above) = (fields.take("from"), fields.take("above"));
    let start = match (from, above) {
        (Some(node), None) => Some((node, false)),
        (None, Some(node)) => Some((node, true)),
        (Some(from), Some(above)) => {
            let primary = findings.label(&above.span, "without its bound");
            let related = findings.label(&from.span, "with its bound");
            let message = "this band begins twice";
            let diagnostic = Diagnostic::error("C003", message, primary).with_related(related);
            findings.push(diagnostic.with_help("keep one of `from` and `above`"));
            None
        }
        (None, None) => {
            fields.require("from", "the volume at which the band begins", findings);
            None
        }
    };
    let start = start.and_then(|(node, above)| Some((bound::read(node, findings)?, above, node.span.clone())));
    let costs = match usual.tiers {
        Tiers::StairStep => stair(&mut fields, findings),
        Tiers::Graduated | Tiers::Volume => by_unit(&mut fields, usual, findings),
    };
    fields.finish(findings);
    let (from, above, place) = start?;
    Some(Read { from, above, place, costs })
}

/// A band that has a price a unit, in blocks or not, and perhaps a fee.
fn by_unit(fields: &mut Fields<'_>, usual: &Usual, findings: &mut Findings) -> Option<Costs> {
    let each = fields.take("each");
    let percent = fields.take("percent");
    let price = match (each, percent) {
        (Some(each), None) => each.exact_not_negative(findings).map(Price),
        (None, Some(percent)) => {
            let percent = percent.percent_not_negative(findings);
            percent.map(|percent| Price(Factor::percent(&percent).0))
        }
        (Some(each), Some(percent)) => {
            let primary = findings.label(&percent.span, "a share of the amount");
            let related = findings.label(&each.span, "and a price a unit");
            let diagnostic = Diagnostic::error("C003", "this band has two prices", primary).with_related(related);
            findings.push(diagnostic.with_help("keep one of them"));
            None
        }
        (None, None) if fields.take("amount").is_some() => {
            let help =
                "write `tiers = \"stair-step\"`, or `each` for the price of a unit and `fee` for an amount besides";
            findings.error("C031", fields.place(), "an amount by band belongs to stair-step tiers", help);
            None
        }
        (None, None) => {
            fields.require("each", "the price of a unit in the band", findings);
            None
        }
    };
    let own = block(fields, usual.block.as_ref(), findings);
    let fee = fields.take("fee").map_or(Some(Exact::zero()), |node| node.exact_not_negative(findings));
    let most = fields.take("at_most").map(|node| node.exact_not_negative(findings));
    let most = match most {
        Some(most) => Some(Amount(most?)),
        None => None,
    };
    let block = own?.or_else(|| usual.block.clone());
    Some(Costs { price: price?, block, fee: Amount(fee?), most })
}

/// A band that has an amount alone.
fn stair(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Costs> {
    let others = ["each", "percent", "fee", "block", "partial", "at_most"];
    for other in others {
        if let Some(node) = fields.take(other) {
            let help = "keep `amount`: what the month costs once the volume reaches the band";
            findings.error("C031", &node.span, format!("a band of stair-step tiers has no `{other}`"), help);
            return None;
        }
    }
    let amount = fields.require("amount", "what the month costs once the volume reaches the band", findings)?;
    let fee = Amount(amount.exact_not_negative(findings)?);
    Some(Costs { price: Price::zero(), block: None, fee, most: None })
}

/// Says where bands look at something that nobody can know: a forecast tells the contacts of each program in a month and
/// their time, a register the agents of a month.
pub(super) fn agree(counted: &Counted, unit: &Node, findings: &mut Findings) {
    let Tariff::Bands { bands, by, .. } = &counted.tariff else { return };
    if bands.is_relative() {
        let of_contacts = counted.grain == Grain::Contact && *by == TiersBy::Quantity;
        let is_known = matches!(counted.measure, Measure::Contacts | Measure::Time { .. }) && of_contacts;
        let (message, help) = match (is_known, counted.scope, counted.per) {
            (false, ..) => (
                "a forecast tells contacts and their time, and nothing of what these bands look at",
                "write the bounds in units, or price by the contact or its minutes",
            ),
            (_, Scope::Site, _) => (
                "a forecast tells nothing of sites",
                "write the bounds in units, or `scope = \"program\"` or `\"contract\"`",
            ),
            (_, _, Per::Quarter | Per::Year | Per::Term) => (
                "bounds that are shares of the forecast are those of the month",
                "write the bounds in units, or `per = \"month\"`",
            ),
            _ => return,
        };
        findings.error("C034", &unit.span, message, help);
    } else if *by == TiersBy::Agents && counted.per != Per::Month {
        let help = "take `per` out: each month is priced by its own agents";
        findings.error("C032", &unit.span, "the average number of agents is that of the month", help);
    }
}
