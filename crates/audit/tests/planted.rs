//! A right invoice, line by line as providers write it, and one mistake in it: what is found is that mistake, by its name and
//! to the cent; what the contract reckons on the wrong line follows from it, or does not, and nothing else is said.
//!
//! `PROPTEST_CASES=2000 cargo test -p longshore-audit --test planted` tries more.

#![allow(clippy::unwrap_used)]

mod bills;

use longshore_audit::{Audit, AuditedLine, Cause, Choices, Mapping, audit, invoice};
use longshore_contract::{
    Class, Contract, CounterOf, DetailKind, LineKind, Usage, UsageKey, Used, price as price_month, read,
};
use longshore_units::{Amount, Exact, Factor, Month, Price, Quantity, RoundHow, Text};
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Terms {
    each: [u32; 3],
    bounds: [u32; 2],
    /// From the 15th of February on.
    amended: Option<[u32; 3]>,
    night: u32,
    fee: u32,
    share: u32,
    discount: u32,
    platform: u32,
    least: u32,
    tax: u32,
}

fn terms() -> impl Strategy<Value = Terms> {
    let each = || [60u32..99, 40u32..59, 11u32..39];
    let money = (1u32..900, 2u32..15, 2u32..20, 100u32..5_000, 20u32..90, 5u32..25);
    (each(), [500u32..3_000, 3_001u32..8_000], prop::option::of(each()), 5u32..60, money).prop_map(
        |(each, bounds, amended, night, (fee, share, discount, platform, least, tax))| {
            let least = least * 1000;
            Terms { each, bounds, amended, night, fee, share, discount, platform, least, tax }
        },
    )
}

fn bands(each: &[u32; 3], bounds: &[u32; 2]) -> String {
    let [first, second, third] = each;
    let [from, then] = bounds;
    format!(
        "[{{ from = '0', each = '0.{first}' }}, {{ from = '{from}', each = '0.{second}' }}, {{ from = '{then}', each = '0.{third}' }}]"
    )
}

fn contract(terms: &Terms) -> Contract {
    let Terms { each, bounds, night, fee, share, discount, platform, least, tax, .. } = terms;
    let amendment = terms.amended.as_ref().map_or(String::new(), |each| {
        format!(
            "[[amendment]]\nknown = 2027-02-01\nsigned = 2027-02-01\neffective = 2027-02-15\nset.charge.voice.bands = {}\n",
            bands(each, bounds)
        )
    });
    let text = format!(
        "{}{}[calendar.nights]\nhours = '20:00-08:00'\n\
         [[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk']\nthen = '6s'\nbands = {}\ntiers = 'graduated'\n\
         scope = 'contract'\nfee = '{fee}'\nsurcharge = [{{ calendar = 'nights', percent = '{night}' }}]\n\
         [[charge]]\nname = 'platform'\namount = '{platform}'\nper = 'month'\n\
         [[charge]]\nname = 'management'\npercent = '{share}'\nof_charges = ['voice', 'platform']\n\
         [[minimum]]\nname = 'least'\non = ['voice']\namount = '{least}'\n\
         [[discount]]\nname = 'loyalty'\non = ['platform']\npercent = '{discount}'\n\
         [tax]\nkind = 'VAT'\npercent = '{tax}'\nrecoverable = false\n{amendment}",
        bills::HEAD,
        bills::ROUND,
        bands(each, bounds)
    );
    let (contract, findings) = read(&Text::new("contract.toml", text.clone()));
    contract.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

fn february() -> Month {
    Month::of(jiff::civil::date(2027, 2, 1))
}

/// What is used on the days before and after the amendment: minutes by day, and by night hundreds of them, so that what the
/// surcharge adds has no fraction of a cent.
fn usage(contract: &Contract, minutes: &[[u32; 2]; 2]) -> Usage {
    let mut usage = Usage::default();
    let versions = contract.in_force(None).of_month(february()).count();
    for (part, minutes) in minutes.iter().enumerate() {
        for (class, minutes) in minutes.iter().enumerate() {
            let key = UsageKey {
                version: part.min(versions - 1) as u16,
                counter: CounterOf::Charge(0),
                period: february(),
                group: String::new(),
                day: None,
                class: Class(class as u32),
            };
            let minutes = u64::from(*minutes) * if class == 0 { 1 } else { 100 };
            usage.add(key, Used::Sum { rows: 0, quantity: Quantity(Exact::from(minutes)) }).unwrap();
        }
    }
    usage
}

#[derive(Clone, Debug)]
struct Written {
    name: &'static str,
    part: &'static str,
    days: &'static str,
    quantity: Option<Quantity>,
    price: Option<Price>,
    amount: Amount,
}

const BEFORE: &str = "from = 2027-02-01\nuntil = 2027-02-14\n";
const AFTER: &str = "from = 2027-02-15\nuntil = 2027-02-28\n";

fn line(name: &'static str, part: &'static str, amount: Amount) -> Written {
    Written { name, part, days: "", quantity: None, price: None, amount }
}

/// The contract's own invoice as a provider writes it.
fn lines(contract: &Contract, terms: &Terms, usage: &Usage) -> Vec<Written> {
    let in_force = contract.in_force(None);
    let own = price_month(&in_force, usage, february(), &mut longshore_contract::Ledger::default()).unwrap();
    let mut written = Vec::new();
    for line_of in &own.lines {
        let name = ["voice", "platform", "management", "least", "loyalty"];
        let name = name.into_iter().find(|name| line_of.charge == *name).unwrap_or("VAT");
        if name != "voice" {
            written.push(line(name, "units", line_of.amount.clone()));
            continue;
        }
        let details = line_of.detail.iter().filter(|detail| !detail.amount.is_zero());
        let mut is_after = false;
        for (at, detail) in details.enumerate() {
            let part = match detail.kind {
                DetailKind::Units => "units",
                DetailKind::Surcharge => "surcharge",
                DetailKind::Fee => "fee",
                other => panic!("{other:?}"),
            };
            // The bands of the first terms come first; where they begin anew, the second have begun.
            let first = Price(Exact::ratio(i128::from(terms.each[0]), 100).unwrap());
            is_after |= part == "units" && 0 < at && written.iter().any(|line: &Written| line.part == "surcharge");
            is_after |= part == "units" && terms.amended.is_some() && at == 0 && detail.price != Some(first);
            let days = match (&terms.amended, part) {
                (None, _) | (_, "fee") => "",
                (Some(_), _) if is_after => AFTER,
                (Some(_), _) => BEFORE,
            };
            written.push(Written {
                days,
                quantity: detail.quantity.clone(),
                price: detail.price.clone(),
                ..line("voice", part, rounded(&detail.amount))
            });
        }
        let sum: Amount = written.iter().filter(|line| line.name == "voice").map(|line| line.amount.clone()).sum();
        assert_eq!(sum, line_of.amount);
    }
    written
}

fn rounded(amount: &Amount) -> Amount {
    Amount(amount.0.rounded_to(&Exact::ratio(1, 100).unwrap(), RoundHow::HalfUp))
}

fn share(percent: u32) -> Factor {
    Factor(Exact::ratio(i128::from(percent), 100).unwrap())
}

fn text(lines: &[Written]) -> String {
    let mut text = String::from("number = '1'\nmonth = '2027-02'\n");
    for line in lines {
        text.push_str(&format!("[[line]]\ndescription = '{}'\npart = '{}'\n{}", line.name, line.part, line.days));
        text.extend(line.quantity.as_ref().map(|quantity| format!("quantity = '{quantity}'\n")));
        text.extend(line.price.as_ref().map(|price| format!("price = '{price}'\n")));
        text.push_str(&format!("amount = '{}'\n", line.amount));
    }
    text
}

fn audited(contract: &Contract, lines: &[Written]) -> Audit {
    let (read, findings) = invoice(contract, &Text::new("invoice.toml", text(lines)), &Mapping::default());
    let read = read.unwrap_or_else(|| panic!("{lines:#?}\n{findings:#?}"));
    let audit = audit(contract, &[read], &Usage::default(), &Choices::default()).unwrap();
    for line in audit.invoices.iter().flat_map(|invoice| &invoice.lines) {
        let found: Amount = line.findings.iter().map(|finding| finding.amount.clone()).sum();
        assert_eq!(&found + &line.unexplained, line.difference(), "{line:#?}");
    }
    audit
}

/// A mistake on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    /// Units of one band at a price that is so many cents higher.
    BandPrice(u32),
    /// Units moved from a band into the one before it.
    Bands(u32),
    /// An amount that quantity and price do not give.
    Arithmetic(u32),
    /// The surcharge at another price.
    Surcharge(u32),
    Fee(u32),
    Platform(u32),
    Twice,
    /// Another percentage.
    Share(u32),
    Discount(u32),
    Tax(u32),
    /// Another minimum, by thousands.
    Least(u32),
    NoLeast,
    NoDiscount,
    /// What the contract does not have.
    Besides(u32),
}

fn mistake() -> impl Strategy<Value = Mistake> {
    prop_oneof![
        (1u32..5).prop_map(Mistake::BandPrice),
        (1u32..400).prop_map(Mistake::Bands),
        (1u32..9_999).prop_map(Mistake::Arithmetic),
        (1u32..9).prop_map(Mistake::Surcharge),
        (1u32..500).prop_map(Mistake::Fee),
        (1u32..500).prop_map(Mistake::Platform),
        Just(Mistake::Twice),
        (1u32..4).prop_map(Mistake::Share),
        (1u32..4).prop_map(Mistake::Discount),
        (1u32..4).prop_map(Mistake::Tax),
        (1u32..20).prop_map(Mistake::Least),
        Just(Mistake::NoLeast),
        Just(Mistake::NoDiscount),
        (1u32..9_999).prop_map(Mistake::Besides),
    ]
}

/// The causes under which a mistake may go.
fn causes(mistake: Mistake) -> &'static [Cause] {
    match mistake {
        Mistake::BandPrice(_) => &[Cause::Price, Cause::Tier],
        Mistake::Bands(_) => &[Cause::Tier],
        Mistake::Arithmetic(_) => &[Cause::Arithmetic, Cause::Rounding],
        Mistake::Surcharge(_) => &[Cause::Surcharge],
        Mistake::Fee(_) | Mistake::Platform(_) | Mistake::Share(_) => &[Cause::Fixed],
        Mistake::Twice => &[Cause::Duplicate],
        Mistake::Discount(_) | Mistake::NoDiscount => &[Cause::Discount],
        Mistake::Tax(_) => &[Cause::Tax],
        Mistake::Least(_) | Mistake::NoLeast => &[Cause::Minimum],
        Mistake::Besides(_) => &[Cause::NoCharge],
    }
}

/// Plants a mistake. Says on which line's charge, and by how much it is wrong; none where there is no line for it.
fn plant(
    lines: &mut Vec<Written>,
    terms: &Terms,
    mistake: Mistake,
    at: prop::sample::Index,
) -> Option<(&'static str, Amount)> {
    let before = lines.clone();
    let of = |part: &str, name: &str| -> Option<usize> {
        let fitting: Vec<usize> =
            (0..before.len()).filter(|at| before[*at].name == name && before[*at].part == part).collect();
        (!fitting.is_empty()).then(|| fitting[at.index(fitting.len())])
    };
    let whole = |number: u32| Amount(Exact::from(u64::from(number)));
    let cents = |cents: u32| Exact::ratio(i128::from(cents), 100).unwrap();
    let add = |lines: &mut Vec<Written>, at: usize, more: Amount| -> Option<(&'static str, Amount)> {
        lines[at].amount += &more;
        Some((lines[at].name, more))
    };
    // A line at another percentage of what it is of, by the contract's rule on what stands there.
    let at_rate = |lines: &mut Vec<Written>, name: &'static str, base: Amount, percent: u32| {
        let at = lines.iter().position(|line| line.name == name)?;
        let (known, now) = (lines[at].amount.clone(), rounded(&(&base * &share(percent))));
        let now = if known.0.is_negative() { -&now } else { now };
        lines[at].amount = now.clone();
        Some((name, &now - &known))
    };
    let sum = |lines: &[Written], names: &[&str]| -> Amount {
        lines.iter().filter(|line| names.contains(&line.name)).map(|line| line.amount.clone()).sum()
    };
    match mistake {
        Mistake::BandPrice(more) | Mistake::Surcharge(more) => {
            let part = if matches!(mistake, Mistake::Surcharge(_)) { "surcharge" } else { "units" };
            let at = of(part, "voice")?;
            let (quantity, price) = (lines[at].quantity.clone()?, lines[at].price.clone()?);
            lines[at].price = Some(Price(&price.0 + &cents(more)));
            let now = rounded(&(lines[at].price.as_ref()? * &quantity));
            let more = &now - &lines[at].amount;
            add(lines, at, more)
        }
        Mistake::Bands(units) => {
            let at = of("units", "voice")?;
            let fits = |line: &Written| line.name == "voice" && line.part == "units" && line.days == before[at].days;
            let from = (at + 1 < lines.len() && fits(&lines[at + 1])).then_some(at + 1)?;
            let units = Quantity(Exact::from(u64::from(units)));
            let left = &lines[from].quantity.clone()? - &units;
            if left <= Quantity::zero() {
                return None;
            }
            let more = &lines[at].quantity.clone()? + &units;
            let known = &lines[at].amount + &lines[from].amount;
            (lines[at].quantity, lines[from].quantity) = (Some(more.clone()), Some(left.clone()));
            lines[at].amount = rounded(&(lines[at].price.as_ref()? * &more));
            lines[from].amount = rounded(&(lines[from].price.as_ref()? * &left));
            Some(("voice", &(&lines[at].amount + &lines[from].amount) - &known))
        }
        Mistake::Arithmetic(more) => add(lines, of("units", "voice")?, Amount(cents(more))),
        Mistake::Fee(more) => add(lines, of("fee", "voice")?, whole(more)),
        Mistake::Platform(more) => add(lines, of("units", "platform")?, whole(more)),
        Mistake::Twice => {
            let again = lines[of("units", "platform")?].clone();
            lines.push(again.clone());
            Some(("platform", again.amount))
        }
        Mistake::Share(more) => at_rate(lines, "management", sum(&before, &["voice", "platform"]), terms.share + more),
        Mistake::Discount(more) => at_rate(lines, "loyalty", sum(&before, &["platform"]), terms.discount + more),
        Mistake::Tax(more) => {
            let all = ["voice", "platform", "management", "least", "loyalty"];
            at_rate(lines, "VAT", sum(&before, &all), terms.tax + more)
        }
        Mistake::Least(thousands) => add(lines, of("units", "least")?, whole(thousands * 1000)),
        Mistake::NoLeast | Mistake::NoDiscount => {
            let name = if mistake == Mistake::NoLeast { "least" } else { "loyalty" };
            let gone = lines.remove(of("units", name)?);
            Some((gone.name, -&gone.amount))
        }
        Mistake::Besides(amount) => {
            lines.push(line("reporting suite", "units", Amount(cents(amount))));
            Some(("reporting suite", Amount(cents(amount))))
        }
    }
}

/// What of the lines that the contract reckons on others is reckoned anew on what stands there, as a provider's system does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anew {
    Nothing,
    Tax,
    /// Share, discount, minimum and tax.
    All,
}

/// Reckons lines anew, but for the one that is wrong itself. Says by how much they are.
fn reckon_anew(lines: &mut Vec<Written>, terms: &Terms, anew: Anew, wrong: &str) -> Amount {
    let of = |lines: &[Written], names: &[&str]| -> Amount {
        let is_of = |line: &&Written| names.is_empty() && line.name != "VAT" || names.contains(&line.name);
        lines.iter().filter(is_of).map(|line| line.amount.clone()).sum()
    };
    let before = of(lines, &[]);
    let before = &before + &of(lines, &["VAT"]);
    let set = |lines: &mut Vec<Written>, name: &'static str, amount: Amount| {
        if name == wrong {
            return;
        }
        lines.retain(|line| line.name != name);
        if !amount.is_zero() {
            lines.push(line(name, "units", amount));
        }
    };
    if anew == Anew::All {
        let base = of(lines, &["voice", "platform"]);
        set(lines, "management", rounded(&(&base * &share(terms.share))));
        let base = of(lines, &["platform"]);
        set(lines, "loyalty", -&rounded(&(&base * &share(terms.discount))));
        let least = Amount(Exact::from(u64::from(terms.least)));
        let missing = &least - &of(lines, &["voice"]);
        set(lines, "least", if missing.0.is_negative() { Amount::zero() } else { missing });
    }
    if anew != Anew::Nothing {
        let net = of(lines, &[]);
        set(lines, "VAT", rounded(&(&net * &share(terms.tax))));
    }
    let after = of(lines, &[]);
    &(&after + &of(lines, &["VAT"])) - &before
}

fn is_of(line: &AuditedLine, name: &str) -> bool {
    match name {
        "VAT" => line.kind == Some(LineKind::Tax),
        "reporting suite" => line.charge.is_none(),
        _ => line.charge.as_deref() == Some(name),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_planted_mistake_is_found_by_its_name_and_to_the_cent(
        terms in terms(),
        minutes in [[1u32..6_000, 1u32..20], [1u32..6_000, 1u32..20]],
        mistake in mistake(),
        anew in prop::sample::select(vec![Anew::Nothing, Anew::Tax, Anew::All]),
        at in any::<prop::sample::Index>(),
    ) {
        let contract = contract(&terms);
        let usage = usage(&contract, &minutes);
        let mut lines = lines(&contract, &terms, &usage);
        let right = audited(&contract, &lines);
        prop_assert!(!right.has_findings(), "{}\n{:#?}", text(&lines), right.invoices);

        let Some((name, more)) = plant(&mut lines, &terms, mistake, at) else { return Ok(()) };
        prop_assume!(!more.is_zero());
        let follows = reckon_anew(&mut lines, &terms, anew, name);
        let audit = audited(&contract, &lines);
        let all = || format!("{mistake:?} {anew:?}\n{}\n{:#?}", text(&lines), audit.invoices);
        let invoice = &audit.invoices[0];
        prop_assert_eq!(invoice.difference(), &more + &follows, "{}", all());
        for line in &invoice.lines {
            let is_wrong = line.findings.iter().any(|finding| !finding.amount.is_zero()) || !line.difference().is_zero();
            let wanted = if is_of(line, name) { causes(mistake) } else { &[Cause::Follows] };
            prop_assert!(line.unexplained.is_zero(), "unexplained {:#?}\n{}", line, all());
            let is_named = line.findings.iter().all(|finding| wanted.contains(&finding.cause));
            let may_follow = match anew {
                Anew::Nothing => false,
                Anew::Tax => line.kind == Some(LineKind::Tax),
                Anew::All => true,
            };
            prop_assert!(!is_wrong || is_of(line, name) || may_follow, "{:#?}\n{}", line, all());
            prop_assert!(is_named, "{:#?}\n{}", line, all());
        }
    }
}
