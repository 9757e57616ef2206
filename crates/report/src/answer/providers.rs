//! What is known of providers, and how they fit, told in words and side by side.

use longshore_business_case::{LeastVolume, ProviderFigure, ProviderMust, Reporting, VolumeUnit};
use longshore_compare::{Comparison, Misfit, OptionSummary, ProviderFit, Warning};

use crate::grid::Grid;
use crate::teller::Teller;

/// What a must asks of a provider: `the certification PCI DSS`.
pub(crate) fn asked(teller: &Teller, must: &ProviderMust) -> String {
    match must {
        ProviderMust::Has(certification) => teller.tell("must-has", &[("certification", certification)]),
        ProviderMust::Speaks(language) => teller.tell("must-speaks", &[("language", language)]),
        ProviderMust::Open(hours) => teller.tell("must-open", &[("hours", hours.written())]),
        ProviderMust::Reports(depth) => teller.tell("must-reports", &[("depth", teller.say(depth_of(*depth)))]),
        ProviderMust::AtLeast(figure, limit) => limited(teller, "must-at-least", *figure, *limit),
        ProviderMust::AtMost(figure, limit) => limited(teller, "must-at-most", *figure, *limit),
    }
}

fn limited(teller: &Teller, id: &str, figure: ProviderFigure, limit: f64) -> String {
    teller.tell(id, &[("figure", teller.say(figure_of(figure))), ("limit", written(teller, figure, limit))])
}

/// Why a provider excludes its option.
pub(crate) fn lacks(teller: &Teller, provider: &str, must: &ProviderMust, value: Option<f64>) -> String {
    let asked = asked(teller, must);
    match (must, value) {
        (ProviderMust::AtLeast(figure, _) | ProviderMust::AtMost(figure, _), Some(value)) => {
            let value = written(teller, *figure, value);
            teller.tell("lacks-figure", &[("provider", provider), ("must", &asked), ("value", &value)])
        }
        _ => teller.tell("lacks", &[("provider", provider), ("must", &asked)]),
    }
}

/// All that excludes its option, as far as nothing was measured of it.
pub(crate) fn lacks_all<'m>(teller: &Teller, provider: &str, musts: impl Iterator<Item = &'m ProviderMust>) -> String {
    let asked: Vec<String> = musts.map(|must| asked(teller, must)).collect();
    teller.tell("lacks", &[("provider", provider), ("must", &teller.and(&asked))])
}

/// How a provider does not suit the program.
pub(crate) fn misfit(teller: &Teller, provider: &str, misfit: &Misfit) -> String {
    let agents = |number: f64| teller.float(number.ceil(), 0);
    match misfit {
        Misfit::TooSmall { ours, agents: all, most } => {
            let arguments = [
                ("provider", provider.to_owned()),
                ("ours", agents(*ours)),
                ("all", agents(f64::from(*all))),
                ("share", teller.percent(ours / f64::from(*all), 0)),
                ("limit", limit(teller, *most)),
            ];
            teller.tell("misfit-too-small", &arguments)
        }
        Misfit::TooLarge { ours, agents: all, least } => {
            let arguments = [
                ("provider", provider.to_owned()),
                ("ours", agents(*ours)),
                ("all", agents(f64::from(*all))),
                ("share", teller.percent(ours / f64::from(*all), 1)),
                ("limit", limit(teller, *least)),
            ];
            teller.tell("misfit-too-large", &arguments)
        }
        Misfit::GrowsSlowly { needed, month, growth } => {
            let arguments = [
                ("provider", provider.to_owned()),
                ("needed", agents(*needed)),
                ("month", month.to_string()),
                ("growth", agents(f64::from(*growth))),
            ];
            teller.tell("misfit-grows-slowly", &arguments)
        }
        Misfit::BelowItsMinimum { asked, comes, month } => {
            let arguments = [
                ("provider", provider.to_owned()),
                ("asked", volume(teller, *asked)),
                ("comes", teller.float(*comes, 0)),
                ("month", month.to_string()),
            ];
            teller.tell("misfit-below-minimum", &arguments)
        }
    }
}

/// A limit that somebody wrote: without decimals where it has none.
fn limit(teller: &Teller, share: f64) -> String {
    let percent = share * 100.0;
    teller.percent(share, u32::from(1e-9 < (percent - percent.round()).abs()))
}

/// What is insisted on of an option's providers and not known, in one line.
pub(crate) fn unknown(teller: &Teller, option: &OptionSummary) -> Option<String> {
    let told: Vec<String> = option
        .warnings
        .iter()
        .filter_map(|warning| match warning {
            Warning::NotKnown { provider, must } => {
                Some(teller.tell("unknown-of", &[("provider", provider.as_str()), ("must", &asked(teller, must))]))
            }
            _ => None,
        })
        .collect();
    (!told.is_empty()).then(|| teller.tell("who-unknown", &[("what", teller.and(&told))]))
}

/// The providers of all options side by side, and what is known of none of them, which has no column. `None` where nobody is
/// bought from.
pub(crate) fn side_by_side(teller: &Teller, comparison: &Comparison) -> Option<(Grid, Option<String>)> {
    let fits = || comparison.options.iter().flat_map(|option| option.providers.iter().map(move |fit| (option, fit)));
    let row = |(option, fit): (&OptionSummary, &ProviderFit)| {
        let provider = &fit.provider;
        let number = |number: Option<u32>| number.map(|number| teller.float(f64::from(number), 0));
        let list = |list: &Option<Vec<String>>| {
            list.as_ref().map(|list| if list.is_empty() { teller.say("none") } else { list.join(", ") })
        };
        let cells = [
            number(provider.agents),
            Some(teller.float(fit.ours.ceil(), 0)),
            fit.share.map(|share| teller.percent(share, 1)),
            number(provider.growth),
            provider.takes_from.map(|asked| volume(teller, asked)),
            provider.hours.as_ref().map(|hours| hours.written().to_owned()),
            list(&provider.languages),
            list(&provider.certifications),
            provider.since.map(|since| since.to_string()),
            number(provider.references),
            provider.recovery_ms.map(|recovery| longshore_units::Milliseconds(recovery).to_string()),
            provider.reporting.map(|depth| teller.say(depth_of(depth))),
            Some(provider.source.clone()).filter(|source| !source.is_empty()),
        ];
        [Some(provider.name.clone()), Some(option.option.clone())].into_iter().chain(cells).collect()
    };
    let header = [
        "head-provider",
        "head-option",
        "head-provider-agents",
        "head-our-agents",
        "head-our-share",
        "head-growth",
        "head-takes-from",
        "head-hours",
        "head-languages",
        "head-certifications",
        "head-since",
        "head-references",
        "head-recovery",
        "head-reporting",
        "head-source",
    ];
    let rows: Vec<Vec<Option<String>>> = fits().map(row).collect();
    let (known, unknown): (Vec<usize>, Vec<usize>) =
        (0..header.len()).partition(|column| rows.iter().any(|row| row[*column].is_some()));
    let heads = |columns: &[usize]| columns.iter().map(|column| teller.say(header[*column])).collect::<Vec<_>>();
    let cell = |cell: &Option<String>| cell.clone().unwrap_or_else(|| teller.say("not-known"));
    let shown = |row: &Vec<Option<String>>| known.iter().map(|column| cell(&row[*column])).collect();
    let grid = Grid { header: heads(&known), rows: rows.iter().map(shown).collect(), left: 2 };
    let of_none =
        (!unknown.is_empty()).then(|| teller.tell("providers-not-known", &[("what", teller.and(&heads(&unknown)))]));
    (!rows.is_empty()).then_some((grid, of_none))
}

fn written(teller: &Teller, figure: ProviderFigure, value: f64) -> String {
    match figure {
        ProviderFigure::OurShare => teller.percent(value, 1),
        ProviderFigure::Recovery => longshore_units::Milliseconds((value * 1000.0).round() as u64).to_string(),
        _ => teller.float(value, 0),
    }
}

fn figure_of(figure: ProviderFigure) -> &'static str {
    match figure {
        ProviderFigure::Years => "provider-years",
        ProviderFigure::References => "provider-references",
        ProviderFigure::Agents => "provider-agents",
        ProviderFigure::Growth => "provider-growth",
        ProviderFigure::Recovery => "provider-recovery",
        ProviderFigure::OurShare => "provider-our-share",
    }
}

fn depth_of(depth: Reporting) -> &'static str {
    match depth {
        Reporting::Counts => "reporting-counts",
        Reporting::RealTime => "reporting-real-time",
        Reporting::Recordings => "reporting-recordings",
    }
}

fn volume(teller: &Teller, asked: LeastVolume) -> String {
    let id = match asked.of {
        VolumeUnit::Contacts => "volume-contacts",
        VolumeUnit::Minutes => "volume-minutes",
        VolumeUnit::Agents => "volume-agents",
    };
    teller.tell(id, &[("number", teller.float(f64::from(asked.amount), 0))])
}
