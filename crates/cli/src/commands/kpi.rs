//! `longshore kpi`: what records come to, under every usual definition.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use longshore_contract::{Choice, MeasureTerm, Parameter, Preset, Select};
use longshore_measures::{Asked, Dimension, Family, Plan, Program, RowGrain, Rows, Standard, Step};
use longshore_report::{KpiJson, kpi_table};
use longshore_units::{Days, Instant, Milliseconds, Zone};

use crate::arguments::{Kpi, RowsOf};
use crate::coverage::Coverage;
use crate::failure::Failure;
use crate::measuring;
use crate::records::{Records, Way};
use crate::{files, show};

pub fn run(arguments: &Kpi) -> Result<(), Failure> {
    let records = Records::open(&arguments.sources)?;
    let mut program = program(arguments, &records)?;
    let known = arguments.known.map(|day| end_of(day, &program.zone)).transpose()?;
    let way = Way { known, ..super::way(&arguments.means)? };
    if !measuring::knows_returns(&records, way)
        && let Some(standard) = &mut program.standard
        && standard.families.remove(&Family::Returns)
    {
        show::note(
            "who came back is not looked for: that takes all contacts in memory, and these are too many for this build or `--memory`",
        );
        program.measures.retain(|asked| asked.measure.preset.needs != Some(Parameter::Within));
    }
    let plan = Arc::new(Plan::new(program).map_err(Failure::input)?);
    let results = measuring::tally(&records, &plan, way)?.finish();
    if results.rows(plan.program().rows.grain.table()) == 0 {
        show::note(&format!("the records have no `{}`", plan.program().rows.grain.table().name()));
    }
    if 0 < results.unplaced() {
        let rows = longshore_units::plural(results.unplaced(), "row");
        show::note(&format!("in no figure: {rows} without an instant, or with one that cannot be"));
    }
    if arguments.json { show::json(&KpiJson::new(&results)) } else { show::text(&kpi_table(&results)) }
}

/// The last instant of a day.
fn end_of(day: Date, zone: &Zone) -> Result<Instant, Failure> {
    let next = day.tomorrow().ok().and_then(|next| zone.start_of(next));
    next.map(|next| Instant(next.0 - 1)).ok_or_else(|| Failure::input(anyhow::anyhow!("--known: {day} has no end")))
}

fn program(arguments: &Kpi, records: &Records) -> Result<Program, Failure> {
    let contract = arguments.contract.as_deref().map(files::contract).transpose()?;
    let zone = match (&arguments.zone, &contract) {
        (Some(zone), _) => Zone::named(zone).map_err(Failure::input)?,
        (None, Some(contract)) => contract.zone.clone(),
        (None, None) => records.zone()?.unwrap_or_else(Zone::utc),
    };
    let step = span("step", &arguments.step)?;
    let whole_minutes = step.0.is_multiple_of(60_000).then_some(step.0 / 60_000);
    let step = whole_minutes.and_then(Step::minutes).ok_or_else(|| {
        Failure::input(anyhow::anyhow!("--step: `{}` does not divide a day; write 15m, 30m or 1h", arguments.step))
    })?;
    let by = arguments.by.iter().map(|word| {
        Dimension::from_word(word.trim(), step).ok_or_else(|| {
            let words: Vec<&str> = Dimension::words().collect();
            Failure::input(anyhow::anyhow!("--by: there is no `{word}`; there are {}", words.join(", ")))
        })
    });
    let by: Vec<Dimension> = by.collect::<Result<_, _>>()?;
    if let Some(twice) = by.iter().enumerate().find(|(position, by_one)| by[..*position].contains(by_one)) {
        return Err(Failure::input(anyhow::anyhow!("--by: `{}` stands twice", twice.1.word())));
    }
    let (threshold, short) = (span("threshold", &arguments.threshold)?, span("short", &arguments.short)?);
    let calendars = contract.map_or_else(BTreeMap::new, |contract| contract.calendars);
    let rows = Rows {
        grain: match arguments.grain {
            RowsOf::Contact => RowGrain::Contact,
            RowsOf::Leg => RowGrain::Leg,
        },
        provider: None,
        programs: Vec::new(),
        select: Select::default(),
        first: arguments.from.or(records.coverage().map(Coverage::first_day)),
        last: arguments.to.or(records.coverage().map(Coverage::last_day)),
    };
    let families = families(&arguments.show)?;
    let standard = Some(Standard { threshold, short, calendar: arguments.calendar.clone(), families });
    let measures = presets(arguments, threshold)?;
    Ok(Program { rows, by, zone, step, calendars, standard, measures })
}

fn families(words: &[String]) -> Result<BTreeSet<Family>, Failure> {
    if words.is_empty() {
        return Ok(BTreeSet::from(Family::ALL));
    }
    let family = |word: &String| {
        Family::ALL.into_iter().find(|family| family.word() == word.trim()).ok_or_else(|| {
            let words = Family::ALL.map(Family::word).join(", ");
            Failure::input(anyhow::anyhow!("--show: there is no `{word}`; there are {words}"))
        })
    };
    words.iter().map(family).collect()
}

/// The measures asked for by name, as contracts have them where they choose nothing else.
fn presets(arguments: &Kpi, threshold: Milliseconds) -> Result<Vec<Asked>, Failure> {
    let within: Days = arguments.within.parse().map_err(|error| option("within", &error))?;
    let named: Vec<&'static Preset> = if arguments.all_presets {
        Preset::all().iter().collect()
    } else {
        let preset = |name: &String| {
            Preset::named(name.trim()).ok_or_else(|| {
                let names: Vec<&str> = Preset::all().iter().map(|preset| preset.name).collect();
                Failure::input(anyhow::anyhow!("--preset: there is no `{name}`; there are {}", names.join("; ")))
            })
        };
        arguments.preset.iter().map(preset).collect::<Result<_, _>>()?
    };
    let asked = |preset: &'static Preset| Asked {
        name: preset.name.to_owned(),
        measure: MeasureTerm {
            preset,
            threshold: (preset.needs == Some(Parameter::Threshold)).then_some(threshold),
            short_abandons: None,
            within: (preset.needs == Some(Parameter::Within)).then_some(within),
            choices: BTreeMap::<Choice, String>::new(),
        },
        when: Select::default(),
        target: None,
    };
    Ok(named.into_iter().map(asked).collect())
}

fn span(name: &str, text: &str) -> Result<Milliseconds, Failure> {
    text.parse().map_err(|error| option(name, &error))
}

fn option(name: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::input(anyhow::anyhow!("--{name}: {error}"))
}
