//! Reading today.toml and the files under options/.

use longshore_contract::IndexBy;
use longshore_document::{Fields, Findings, Node};
use longshore_units::{Currency, Diagnostic, Zone};

use crate::reading::{LONGEST_MS, Names, duration, not_covered, position, required_name, tables};
use crate::{
    About, Assumption, CaseContract, CaseOption, Cost, CostKind, Decide, Escalation, Handles, Machine, Opening,
    Overflow, Per, Provider, Queue, Team, Volume, provider, reach, unmanned, weight,
};

/// What an option can point to.
pub(crate) struct Around<'a> {
    pub queues: &'a [Queue],
    /// `None` where a contract's file has errors of its own.
    pub contracts: &'a [(String, Option<CaseContract>)],
    /// The program as records name it.
    pub program: Option<&'a str>,
    pub zone: Option<&'a Zone>,
    pub currency: Option<Currency>,
    pub decide: Option<&'a Decide>,
}

pub(crate) fn read(id: &str, root: &Node, around: &Around<'_>, findings: &mut Findings) -> Option<CaseOption> {
    let mut fields = Fields::of(root, findings)?;
    let name = required_name(&mut fields, "name", "what people call this option", findings);
    let mut assumptions = Vec::new();
    let contracts = contracts(&mut fields, around, findings);
    let nodes = fields.require("team", "who does the work, each under [[team]]", findings);
    let nodes = nodes.and_then(|node| node.list(findings)).unwrap_or_default();
    let mut names = Names::default();
    let mut places = Vec::new();
    let mut teams: Vec<Team> = Vec::new();
    for node in nodes {
        let Some(team) = Team::read(node, &mut assumptions, findings) else { continue };
        names.take("teams", &team.name, key_place(node, "name"), findings);
        places.push(node);
        teams.push(team);
    }
    let ways = fields.require("handles", "which team handles which queue, each under [[handles]]", findings);
    let ways = ways.and_then(|node| node.list(findings)).unwrap_or_default();
    let handles: Vec<Handles> =
        ways.iter().filter_map(|node| handles_of(node, &teams, around.queues, findings)).collect();
    let mut names = Names::default();
    let mut providers = Vec::new();
    for node in tables(&mut fields, "provider", findings) {
        providers.extend(Provider::read(node, &mut names, findings).map(|provider| (provider, node.span.clone())));
    }
    provider::check(&providers, &teams, &handles, around.queues, findings);
    let mut names = Names::default();
    let machines = tables(&mut fields, "machine", findings);
    let machines = machines
        .iter()
        .filter_map(|node| Machine::read(node, around.queues, &mut names, &mut assumptions, findings))
        .collect();
    let cost_nodes = tables(&mut fields, "cost", findings);
    let mut names = Names::default();
    let mut costs = Vec::new();
    for node in cost_nodes {
        let Some(cost) = Cost::read(node, &teams, around.queues, findings) else { continue };
        names.take("costs", &cost.what, key_place(node, "what"), findings);
        costs.push(cost);
    }
    let stated = tables(&mut fields, "assumption", findings);
    assumptions.extend(stated.iter().filter_map(|node| stated_assumption(node, findings)));
    not_covered(&mut fields, &[("freelancers", "give them as a team")], findings);
    let place = fields.place().clone();
    let weights = around.decide.map_or(&[][..], |decide| &decide.weights);
    let scores = weight::scores(fields.take("scores"), &place, weights, findings);
    fields.finish(findings);
    if handles.len() == nodes_len(root) {
        check_shares(&handles, ways, around.queues, &place, findings);
        assumptions.extend(chats_alone(&teams, &handles, around.queues));
        if let (Some(zone), Some(decide)) = (around.zone, around.decide) {
            let places = (&places[..], ways);
            unmanned::check(&teams, &handles, places, around.queues, (zone, decide), findings);
            reach::check((&teams, &handles), ways, around.queues, (zone, decide), findings);
        }
    }
    if costs.len() == cost_nodes.len() {
        // A cost with findings of its own may be the one that is missed here.
        check_paid(&contracts, around, (&teams, &places), &costs, findings);
    }
    check_contracts(root, &contracts, around, &teams, findings);
    assumptions.extend(costs.iter().map(|cost| Assumption {
        what: About::Cost(cost.what.clone()),
        value: {
            let often = if cost.per == Per::Once { "once".to_owned() } else { format!("per {}", cost.per.word()) };
            format!("{} {} {often}", cost.amount, around.currency.map_or("", Currency::code))
        },
        source: cost.source.clone(),
    }));
    let providers = providers.into_iter().map(|(provider, _)| provider).collect();
    Some(CaseOption {
        id: id.to_owned(),
        name,
        teams,
        providers,
        handles,
        machines,
        contracts,
        costs,
        scores,
        assumptions,
    })
}

/// Where a table has the value of a key; the table where it has none.
fn key_place<'n>(node: &'n Node, key: &str) -> &'n std::ops::Range<usize> {
    let longshore_document::Value::Table(table) = &node.value else { return &node.span };
    table.get(key).map_or(&node.span, |value| &value.span)
}

/// `[[assumption]]`: what an option stands on beside its figures, such as a price that was told and not yet offered.
fn stated_assumption(node: &Node, findings: &mut Findings) -> Option<Assumption> {
    let mut fields = Fields::of(node, findings)?;
    let what = required_name(&mut fields, "what", "what it is about", findings);
    let value = required_name(&mut fields, "value", "the figure", findings);
    let source = required_name(&mut fields, "source", "where it comes from", findings);
    fields.finish(findings);
    Some(Assumption { what: About::Said(what), value, source })
}

/// How many [[handles]] stand in the file: where some could not be read, their shares are not summed.
fn nodes_len(root: &Node) -> usize {
    match &root.value {
        longshore_document::Value::Table(table) => table.get("handles").map_or(0, |node| node.one_or_many().len()),
        _ => 0,
    }
}

fn contracts(fields: &mut Fields<'_>, around: &Around<'_>, findings: &mut Findings) -> Vec<usize> {
    let Some(node) = fields.take("contracts") else { return Vec::new() };
    let mut positions = Vec::new();
    for node in node.one_or_many() {
        let Some(file) = node.name(findings) else { continue };
        match around.contracts.iter().position(|(name, _)| name == file) {
            Some(position) if positions.contains(&position) => {
                findings.error("B005", &node.span, format!("`{file}` is named twice"), "name it once");
            }
            Some(position) => positions.push(position),
            None => findings.error(
                "B001",
                &node.span,
                format!("there is no file `{file}` in this case"),
                "write its path within the case, such as \"contracts/cebu.toml\"",
            ),
        }
    }
    positions
}

/// Each team is paid for: by a contract with its provider, or by costs of the kind `team`.
///
/// A cost that names a team pays that one. A cost that names none pays the teams that no contract pays, as long as they
/// are all of one provider: the pay and rent of an own team say nothing of another employer's.
fn check_paid(
    contracts: &[usize],
    around: &Around<'_>,
    (teams, places): (&[Team], &[&Node]),
    costs: &[Cost],
    findings: &mut Findings,
) {
    let given = contracts.iter().filter_map(|position| around.contracts[*position].1.as_ref());
    let sellers: Vec<&str> = given.map(|case| case.contract.provider.as_str()).collect();
    if contracts.len() != sellers.len() {
        return; // A contract with findings of its own may be the one that is missed here.
    }
    let employed = || teams.iter().filter(|team| !sellers.contains(&team.provider.as_str()));
    let one_employer = employed().zip(employed().skip(1)).all(|(one, other)| one.provider == other.provider);
    for (position, (team, node)) in teams.iter().zip(places).enumerate() {
        let of_team = |cost: &Cost| cost.team.map_or(one_employer, |paid| paid == position);
        let paid = sellers.contains(&team.provider.as_str())
            || costs.iter().any(|cost| cost.kind == CostKind::Team && of_team(cost));
        if !paid {
            let message = format!("nobody is paid for the team `{}`", team.name);
            let help = format!(
                "add a contract whose provider is `{}`, or costs of the kind \"team\" with team = \"{}\"",
                team.provider, team.name
            );
            findings.error("B009", &node.span, message, help);
        }
    }
}

/// Each contract has a team that works under it, alone for its provider, in a currency that has a rate, for this program.
fn check_contracts(root: &Node, contracts: &[usize], around: &Around<'_>, teams: &[Team], findings: &mut Findings) {
    let longshore_document::Value::Table(table) = &root.value else { return };
    let place = table.get("contracts").map_or(0..0, |node| node.span.clone());
    let given: Vec<&CaseContract> =
        contracts.iter().filter_map(|position| around.contracts[*position].1.as_ref()).collect();
    for (position, case) in given.iter().enumerate() {
        let provider = &case.contract.provider;
        if !teams.iter().any(|team| team.provider == *provider) {
            let message = format!("no team here works for `{provider}`, the provider of {}", case.file);
            findings.error("B010", &place, message, "give a team that provider, or leave the contract out");
        }
        if given[..position].iter().any(|other| other.contract.provider == *provider) {
            let message = format!("two contracts of this option are with `{provider}`");
            findings.error("B010", &place, message, "put all charges of a provider into one contract");
        }
        let covered = |program: &str| case.contract.programs.iter().any(|name| name == program);
        if let Some(program) = around.program
            && !case.contract.programs.is_empty()
            && !covered(program)
        {
            let programs = longshore_document::quoted(case.contract.programs.iter().map(String::as_str));
            let message = format!("{} does not cover `{program}`, the program of this case, but {programs}", case.file);
            let help = format!("write programs = [\"{program}\"] in the contract, or leave `programs` out");
            findings.error("B010", &place, message, help);
        }
        let currency = case.contract.currency;
        if 0 < position && given[0].contract.currency != currency {
            let message =
                format!("{} is in {}, {} in {currency}", given[0].file, given[0].contract.currency, case.file);
            let help = "make an option of contracts in one currency";
            findings.error("B002", &place, format!("this version does not cover two currencies: {message}"), help);
        }
        check_rates(case, around, &place, findings);
    }
}

/// decide.toml says what a contract's currencies are worth, and how the series grow that its prices follow.
fn check_rates(case: &CaseContract, around: &Around<'_>, place: &std::ops::Range<usize>, findings: &mut Findings) {
    let (Some(decide), Some(own)) = (around.decide, around.currency) else { return };
    let versions = case.contract.in_force(None);
    let terms = || versions.versions().iter();
    let others = terms().flat_map(|terms| terms.pay.currencies());
    let mut currencies: Vec<Currency> = std::iter::once(case.contract.currency).chain(others).collect();
    let mut seen = std::collections::BTreeSet::new();
    currencies.retain(|currency| *currency != own && seen.insert(*currency));
    for currency in currencies.into_iter().filter(|of| !decide.exchange.iter().any(|rate| rate.currency == *of)) {
        let how = if currency == case.contract.currency { "is in" } else { "is exchanged with" };
        let message = format!("{} {how} {currency}, and decide.toml does not say what it is worth", case.file);
        let help = format!("add [[exchange]] with currency = \"{currency}\", value and source to decide.toml");
        findings.error("B011", place, message, help);
    }
    let mut seen = std::collections::BTreeSet::new();
    for index in terms().flat_map(|terms| &terms.indexes) {
        let IndexBy::Series { what, .. } = &index.by else { continue };
        if !decide.series.iter().any(|series| series.what == *what) && seen.insert(what.clone()) {
            let message = format!("prices of {} follow {what}, and decide.toml does not say how it grows", case.file);
            let help = format!("add [[series]] with what = \"{what}\", growth and source to decide.toml");
            findings.error("B011", place, message, help);
        }
    }
}

fn handles_of(node: &Node, teams: &[Team], queues: &[Queue], findings: &mut Findings) -> Option<Handles> {
    let mut fields = Fields::of(node, findings)?;
    let team_names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
    let queue_names: Vec<&str> = queues.iter().map(|queue| queue.name.as_str()).collect();
    let queue_node = fields.require("queue", "which queue of program.toml", findings);
    let queue = queue_node.and_then(|node| position(node, "queue", &queue_names, findings));
    let team_node = fields.require("team", "which team of this file", findings);
    let team = team_node.and_then(|node| position(node, "team", &team_names, findings));
    let share = fields.take("share").and_then(|node| node.number(0.0, 1.0, findings)).unwrap_or(1.0);
    let hours = fields.take("hours").map(|node| Opening::read(node, findings));
    let worked = fields.take("worked").map(|node| Opening::read(node, findings));
    let priority = fields.take("priority").and_then(|node| node.whole(0, 9, findings));
    let also = fields.take("also").map(Node::one_or_many).unwrap_or_default();
    let also: Vec<usize> = also.iter().filter_map(|node| position(node, "team", &team_names, findings)).collect();
    let escalates = fields.take("escalates").and_then(|node| Escalation::read(node, queues, findings));
    let overflow = fields.take("overflow").and_then(|node| overflow_of(node, &team_names, findings));
    fields.finish(findings);
    let (queue, team) = (queue?, team?);
    let priority = priority.and_then(|priority| u8::try_from(priority).ok()).unwrap_or(0);
    let handles = Handles { queue, team, share, hours, worked, priority, also, escalates, overflow };
    check_teams(&handles, node, (teams, queues), findings);
    Some(handles)
}

/// Who may take the contacts speaks their language, and is named once.
fn check_teams(handles: &Handles, node: &Node, (teams, queues): (&[Team], &[Queue]), findings: &mut Findings) {
    let queue = &queues[handles.queue];
    let mut seen = std::collections::BTreeSet::new();
    for position in handles.teams() {
        let speaker = &teams[position];
        if !speaker.languages.is_empty() && !speaker.languages.contains(&queue.language) {
            let message = format!("`{}` does not speak `{}`, as `{}` asks", speaker.name, queue.language, queue.name);
            findings.error("B018", &node.span, message, "add the language to the team, or give the queue to another");
        }
        if !seen.insert(position) {
            let help = "let contacts wait for, or overflow to, another team";
            findings.error("B008", &node.span, format!("contacts go to `{}` twice", speaker.name), help);
        }
    }
    if handles.worked.is_some() && queue.is_live() {
        let help = "give `hours`: calls and chats are answered as they come";
        findings.error("B004", &node.span, format!("`{}` is answered as it comes", queue.name), help);
    }
    if handles.escalates.is_some_and(|escalation| escalation.to == handles.queue) {
        let help = "name the queue of who settles it";
        findings.error("B008", &node.span, "contacts go on to the queue that they are in", help);
    }
}

/// Of teams that take chats and do not say how many at once: one, which is dearer.
fn chats_alone(teams: &[Team], handles: &[Handles], queues: &[Queue]) -> Vec<Assumption> {
    let chats = |position: usize| {
        let of_chats = |handles: &&Handles| queues[handles.queue].channel == longshore_contacts::Channel::Chat;
        handles.iter().filter(of_chats).any(|handles| handles.teams().any(|team| team == position))
    };
    let alone = teams.iter().enumerate().filter(|(position, team)| team.chats.len() == 1 && chats(*position));
    alone
        .map(|(_, team)| {
            let source = "nothing was given; two or three at once are common: ask how much that slows each";
            Assumption::of(&team.name, "chats at once", "one", source)
        })
        .collect()
}

fn overflow_of(node: &Node, teams: &[&str], findings: &mut Findings) -> Option<Overflow> {
    let mut fields = Fields::of(node, findings)?;
    let after = fields.require("after", "how long contacts wait for the first team: \"60s\"", findings);
    let after_ms = after.and_then(|node| duration(node, LONGEST_MS, findings));
    let team = fields.require("to", "the team that answers then", findings);
    let team = team.and_then(|node| position(node, "team", teams, findings));
    let expected =
        fields.require("expected", "the share of contacts the second team is staffed for: \"10%\"", findings);
    let expected = expected.and_then(|node| node.number(0.0, 1.0, findings));
    fields.finish(findings);
    Some(Overflow { after_ms: after_ms?, team: team?, expected: expected? })
}

/// The shares of each queue that are not limited to hours come to 1; where some are limited, to at most 1. Shares within
/// hours are not summed, since hours may meet in part: each way takes its share of what those before it leave, and a way
/// that is left nothing throughout is told with the comparison.
fn check_shares(
    handles: &[Handles],
    nodes: &[Node],
    queues: &[Queue],
    place: &std::ops::Range<usize>,
    findings: &mut Findings,
) {
    for (position, queue) in queues.iter().enumerate() {
        let of_queue = || handles.iter().filter(move |handles| handles.queue == position);
        let passed_on = |handles: &Handles| handles.escalates.is_some_and(|escalation| escalation.to == position);
        let comes_back = queues.iter().any(|other| other.returns.to.is_some_and(|(to, _)| to == position));
        let is_used = queue.demand.volume != Volume::OfOthers || comes_back || handles.iter().any(passed_on);
        if of_queue().next().is_none() && !is_used {
            continue;
        }
        if of_queue().next().is_none() {
            let help = "add [[handles]] with this queue and a team";
            findings.error("B008", place, format!("nobody handles `{}`", queue.name), help);
            continue;
        }
        let always: f64 = of_queue().filter(|handles| handles.hours.is_none()).map(|handles| handles.share).sum();
        let limited = of_queue().any(|handles| handles.hours.is_some());
        let wrong = if limited { 1.0 + 1e-9 < always } else { 1e-9 < (always - 1.0).abs() };
        if wrong {
            let percent = longshore_units::Exact::ratio((always * 1e4).round() as i128, 100);
            let percent = percent.map_or_else(String::new, |percent| percent.to_decimal(2));
            let message = format!("{percent} % of `{}` is handled", queue.name);
            let mut places = handles.iter().zip(nodes).filter(|(handles, _)| handles.queue == position);
            let first = places.next().map_or(place, |(_, node)| &node.span);
            let mut report = Diagnostic::error("B008", message, findings.label(first, ""));
            for (_, node) in places {
                report = report.with_related(findings.label(&node.span, "and here"));
            }
            findings.push(report.with_help("let the shares of a queue come to 100%"));
        }
    }
}

/// Whether a text can be an option's id.
pub(crate) fn is_id(stem: &str) -> bool {
    !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
