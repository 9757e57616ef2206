//! The answer as one self-contained page.

use askama::Template;
use longshore_compare::Comparison;
use longshore_units::{Exact, Money, Month};

use crate::answer::{Answer, asked, flips, parts_shown, reasons};
use crate::chart::{self, Chart, Figure, Row};
use crate::grid::Grid;
use crate::teller::Teller;

/// A picture and the same figures as a table.
struct Picture {
    chart: Chart,
    table: Grid,
}

#[derive(Template)]
#[template(path = "answer.html")]
struct Page<'p> {
    answer: &'p Answer,
    language: &'static str,
    cost: Vec<Picture>,
    money: Vec<Picture>,
    /// The colors of the parts of cost, and their names.
    keys: Vec<(String, String)>,
    flips: Vec<Picture>,
    prices: Vec<Picture>,
    /// The colors of what a price is made of, and their names.
    price_keys: Vec<(String, String)>,
    months: Vec<Picture>,
    made_by: String,
}

/// The answer as a page: HTML with its styles and pictures within, which asks no network for anything.
///
/// # Errors
/// If the template cannot be written: a mistake of this crate.
pub fn page(answer: &Answer, comparison: &Comparison, version: &str) -> Result<String, askama::Error> {
    let teller = &answer.teller;
    let parts = parts_shown(comparison);
    let keys =
        parts.iter().enumerate().map(|(color, part)| (format!("c{color}"), teller.say(reasons::part_head(*part))));
    let seed = comparison.seed.to_string();
    let page = Page {
        answer,
        language: teller.language().code(),
        cost: vec![cost(teller, comparison)],
        money: vec![money(teller, comparison)],
        keys: keys.collect(),
        flips: figures(teller, comparison).into_iter().chain([volumes(teller, comparison)]).collect(),
        prices: prices(teller, comparison).into_iter().collect(),
        price_keys: (0..PRICE_PARTS.len())
            .map(|color| (format!("c{color}"), asked::part_word(teller, PRICE_PARTS[color].0)))
            .collect(),
        months: months(teller, comparison).into_iter().collect(),
        made_by: teller.tell("made-by", &[("version", version), ("seed", &seed)]),
    };
    page.render()
}

fn figure(teller: &Teller, money: Money) -> Figure {
    Figure { value: money.to_amount().0.to_f64(), written: teller.short(money) }
}

/// A table without rows, for a picture whose table stands beside it already.
fn beside() -> Grid {
    Grid { header: Vec::new(), rows: Vec::new(), left: 0 }
}

fn cost(teller: &Teller, comparison: &Comparison) -> Picture {
    let rows: Vec<Row> = comparison
        .options
        .iter()
        .map(|option| Row {
            name: option.option.clone(),
            parts: vec![(0, teller.say("head-total"), figure(teller, option.cost.mean))],
            spread: Some((figure(teller, option.cost.p10).value, figure(teller, option.cost.p90).value)),
            written: teller.short(option.cost.mean),
        })
        .collect();
    Picture { chart: chart::bars(teller.say("chart-cost"), &rows), table: beside() }
}

fn money(teller: &Teller, comparison: &Comparison) -> Picture {
    let parts = parts_shown(comparison);
    let rows: Vec<Row> = comparison
        .options
        .iter()
        .map(|option| Row {
            name: option.option.clone(),
            parts: parts
                .iter()
                .enumerate()
                .map(|(color, part)| (color, teller.say(reasons::part_head(*part)), figure(teller, option.part(*part))))
                .collect(),
            spread: None,
            written: teller.short(option.cost.mean),
        })
        .collect();
    Picture { chart: chart::bars(teller.say("chart-parts"), &rows), table: beside() }
}

fn figures(teller: &Teller, comparison: &Comparison) -> Option<Picture> {
    let place = comparison.options.iter().position(|option| option.rank == Some(1))?;
    let option = &comparison.options[place];
    let signed = |money: Money| {
        let sign = if money.minor < 0 { "−" } else { "+" };
        Figure { value: money.to_amount().0.to_f64(), written: format!("{sign}{}", teller.short(money)) }
    };
    let drivers = &comparison.sensitivity.drivers;
    let rows: Vec<(String, Figure, Figure)> = drivers
        .iter()
        .map(|driver| {
            let (low, high) = driver.changes[place];
            (flips::figure(teller, driver), signed(low), signed(high))
        })
        .filter(|(_, low, high)| 1.0 <= low.value.abs().max(high.value.abs())) // What moves nothing is in the table.
        .collect();
    if rows.is_empty() {
        return None;
    }
    let table = flips::figures(teller, comparison, option)?;
    let title = teller.tell("chart-figures", &[("option", &option.option)]);
    Some(Picture { chart: chart::tornado(title, &rows), table })
}

fn volumes(teller: &Teller, comparison: &Comparison) -> Picture {
    let points = &comparison.sensitivity.volumes;
    let ticks: Vec<String> = points.iter().map(|point| teller.percent(point.factor, 0)).collect();
    let rows: Vec<(String, Vec<Figure>)> = comparison
        .options
        .iter()
        .enumerate()
        .map(|(place, option)| {
            (option.option.clone(), points.iter().map(|point| figure(teller, point.costs[place])).collect())
        })
        .collect();
    let header = std::iter::once(teller.say("axis-of-plan")).chain(rows.iter().map(|(name, _)| name.clone()));
    let written = |place: usize| rows.iter().map(move |(_, figures)| figures[place].written.clone());
    let table = Grid {
        header: header.collect(),
        rows: ticks
            .iter()
            .enumerate()
            .map(|(place, tick)| std::iter::once(tick.clone()).chain(written(place)).collect())
            .collect(),
        left: 1,
    };
    let currency = comparison.currency;
    // A round height becomes money once, to be written; nothing is reckoned from it.
    let height = |value: f64| {
        let minor = (value * 10f64.powi(currency.minor_digits() as i32)).round() as i128;
        teller.short(Money { minor, currency })
    };
    Picture { chart: chart::lines(teller.say("chart-volume"), &ticks, &rows, height), table }
}

/// What a price is made of, as it is drawn: a name, and the parts that are drawn as one.
const PRICE_PARTS: [(&str, &[&str]); 6] = [
    ("compensation", &["pay", "bonus", "taxes and benefits"]),
    ("paid and not at work", &["paid and not at work"]),
    ("supervision", &["supervision"]),
    ("margin", &["margin"]),
    ("support functions", &["support functions"]),
    ("facilities", &["facilities and technology", "bandwidth and telephony"]),
];

/// What each price should be made of, in the middle of its range, as a share of what is asked; the thin line goes from the
/// low end to the high.
fn prices(teller: &Teller, comparison: &Comparison) -> Option<Picture> {
    let rows: Vec<Row> = asked::all(comparison)
        .map(|(option, asked)| {
            let of_price = |amount: &Exact| amount.to_f64() / asked.price.to_f64();
            let part = |what: &str| {
                let part = asked.parts.iter().find(|part| part.what == what);
                part.map_or(0.0, |part| (of_price(&part.amount.low) + of_price(&part.amount.high)) / 2.0)
            };
            let parts = PRICE_PARTS.iter().enumerate().map(|(color, (name, of))| {
                let value: f64 = of.iter().map(|what| part(what)).sum();
                (color, asked::part_word(teller, name), Figure { value, written: teller.percent(value, 0) })
            });
            let (low, high) = (of_price(&asked.should.low), of_price(&asked.should.high));
            Row {
                name: option.option.clone(),
                parts: parts.collect(),
                spread: Some((low, high)),
                written: format!("{}–{}", teller.percent(low, 0), teller.percent(high, 0)),
            }
        })
        .filter(|row| row.spread.is_some_and(|(_, high)| high.is_finite()))
        .collect();
    let table = asked::parts(teller, comparison);
    (!rows.is_empty()).then(|| Picture { chart: chart::bars(teller.say("chart-prices"), &rows), table })
}

fn months(teller: &Teller, comparison: &Comparison) -> Option<Picture> {
    let option = comparison.options.iter().find(|option| option.rank == Some(1))?;
    let columns: Vec<(String, Figure)> = comparison
        .calendar
        .iter()
        .zip(&option.cost_by_month)
        .map(|(month, cost)| (month.to_string(), figure(teller, *cost)))
        .collect();
    let of_month = |month: &Month| {
        let cost = comparison.calendar.iter().zip(&option.cost_by_month).find(|(of, _)| *of == month);
        let paid = option.cash_by_month.iter().find(|paid| paid.month == *month);
        vec![
            month.to_string(),
            cost.map_or_else(String::new, |(_, cost)| teller.whole(*cost)),
            paid.map_or_else(String::new, |paid| teller.whole(paid.amount)),
            teller.whole(option.paid_by(*month)),
        ]
    };
    let mut months: Vec<Month> =
        option.cash_by_month.iter().map(|paid| paid.month).chain(comparison.calendar.clone()).collect();
    months.sort_unstable();
    months.dedup();
    let table = Grid {
        header: ["head-month", "head-cost", "head-paid", "head-paid-so-far"].map(|id| teller.say(id)).to_vec(),
        rows: months.iter().map(of_month).collect(),
        left: 1,
    };
    let title = teller.tell("chart-months", &[("option", &option.option)]);
    Some(Picture { chart: chart::columns(title, &columns), table })
}

/// What templates write texts with.
mod filters {
    use std::fmt::{Display, Write};

    use askama::filters::{Html, Safe, escape};

    /// A text of which names stand between backticks: these as code.
    #[askama::filter_fn]
    pub fn coded(text: impl Display, _: &dyn askama::Values) -> askama::Result<Safe<String>> {
        let text = text.to_string();
        let mut html = String::with_capacity(text.len());
        let pairs = text.matches('`').count() / 2;
        let mut parts = text.splitn(2 * pairs + 1, '`');
        while let Some(plain) = parts.next() {
            write!(html, "{}", escape(plain, Html)?)?;
            if let Some(code) = parts.next() {
                write!(html, "<code>{}</code>", escape(code, Html)?)?;
            }
        }
        Ok(Safe(html))
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::filters;

    #[derive(Template)]
    #[template(source = "{{ text|coded }}", ext = "html")]
    struct Coded {
        text: &'static str,
    }

    #[test]
    fn names_between_backticks_are_code_and_everything_is_escaped() {
        for (text, html) in [
            ("`orders` of a & b", "<code>orders</code> of a &#38; b"),
            ("`<b>` and `c`", "<code>&#60;b&#62;</code> and <code>c</code>"),
            ("one ` alone", "one ` alone"),
            ("`a` and ` alone", "<code>a</code> and ` alone"),
            ("", ""),
        ] {
            assert_eq!(Coded { text }.render().unwrap(), html);
        }
    }
}
