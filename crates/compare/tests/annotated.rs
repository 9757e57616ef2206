//! Contracts that look at an agent's week or last day are counted as the records say it.
#![allow(clippy::unwrap_used)]

mod case;

use std::collections::BTreeMap;
use std::convert::Infallible;

use arrow_array::RecordBatch;
use longshore_business_case::BusinessCase;
use longshore_compare::{Plan, record, run_option};
use longshore_contacts::{AgentState, AgentTimeRow, Table, agent_time_rows};
use longshore_contract::Invoice;
use longshore_simulation::{Columns, Sink};
use longshore_units::{Exact, Zone};

const FILE: &str = "contracts/lakeshore-dedicated.toml";
const SEED: u64 = 7;

/// The example's first month, with more charges in one contract.
fn january(charges: &str) -> (BusinessCase, Plan) {
    let case = case::example(|path, text| match path {
        "decide.toml" => Some(text.replace("months = 12", "months = 1")),
        FILE => Some(format!("{text}\n{charges}")),
        _ => None,
    });
    let option = case.options.iter().position(|option| option.id == "domestic-dedicated").unwrap();
    let plan = Plan::of(&case, option).unwrap();
    (case, plan)
}

/// The quantity and the amount of a line of January's invoice under the changed contract.
fn line(case: &BusinessCase, plan: &Plan, name: &str) -> (Exact, Exact) {
    let result = run_option(case, plan, SEED, 1).unwrap();
    let contracts = case.contracts_of(&case.options[plan.option]);
    let place = contracts.map(|contract| contract.file.as_str()).position(|file| file == FILE).unwrap();
    let invoice: &Invoice = &result.invoices[place][0];
    let line = invoice.lines.iter().find(|line| line.charge == name).unwrap();
    (line.quantity.0.clone(), line.amount.0.clone())
}

#[derive(Default)]
struct AgentTime(Vec<AgentTimeRow>);

impl Sink for AgentTime {
    type Error = Infallible;

    fn wants(&self, table: Table) -> Option<Columns> {
        (table == Table::AgentTime).then_some(Columns::All)
    }

    fn batch(&mut self, _: Table, batch: RecordBatch) -> Result<(), Infallible> {
        self.0.extend(agent_time_rows(&batch).map(|row| row.unwrap()));
        Ok(())
    }
}

/// Each agent's hours beyond thirty in each week, reckoned row by row from the records of the same run.
#[test]
fn overtime_is_what_lies_beyond_in_each_agents_week() {
    let (case, plan) = january(
        "[[charge]]\nname = \"overtime\"\nclause = \"-\"\nunit = \"hour\"\n\
         when = { overtime = \"beyond 30 h a week\", week_starts = \"Mon\" }\neach = \"17.50\"\n",
    );
    let mut records = AgentTime::default();
    record(&case, &plan, SEED, 1, &mut records).unwrap();
    let zone = Zone::named("America/New_York").unwrap();
    let mut weeks: BTreeMap<(String, jiff::civil::Date), i64> = BTreeMap::new();
    for row in records.0.iter().filter(|row| row.provider == "lakeshore-contact" && row.state != AgentState::Offline) {
        let day = zone.date(row.from).unwrap();
        let monday = day.checked_sub(jiff::Span::new().days(day.weekday().to_monday_zero_offset())).unwrap();
        *weeks.entry((row.agent.clone(), monday)).or_default() += row.until.0 - row.from.0;
    }
    let hour = 3_600_000_000;
    let beyond: i64 = weeks.values().map(|worked| (worked - 30 * hour).max(0)).sum();
    let (quantity, amount) = line(&case, &plan, "overtime");
    assert!(weeks.values().any(|worked| *worked < 30 * hour) && 0 < beyond);
    assert_eq!(quantity, Exact::ratio(i128::from(beyond), i128::from(hour)).unwrap());
    let cent = Exact::ratio(1, 100).unwrap();
    let exact = &quantity * &"17.50".parse().unwrap();
    assert_eq!(amount, exact.rounded_to(&cent, longshore_units::RoundHow::HalfUp));
}
