//! The names and words of a scenario as dictionaries, made once and shared by every batch.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};

use crate::columns::NO_KEY;
use crate::random::Streams;
use crate::scenario::{Queue, Route, Scenario};

/// A dictionary and the keys in it of things that have a name: of teams by their place, for instance.
#[derive(Clone)]
pub(crate) struct Names {
    pub words: ArrayRef,
    pub keys: Arc<[i32]>,
}

impl Names {
    fn new<'a>(names: impl Iterator<Item = Option<&'a str>>) -> Names {
        let (mut words, mut places) = (Vec::new(), BTreeMap::new());
        let keys = names.map(|name| {
            let Some(name) = name else { return NO_KEY };
            *places.entry(name).or_insert_with(|| {
                words.push(name);
                words.len() as i32 - 1
            })
        });
        let keys = keys.collect();
        Names { words: Arc::new(StringArray::from(words)), keys }
    }
}

/// A fixed vocabulary as a dictionary: a word's key is its place.
pub(crate) fn vocabulary(words: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(words.to_vec()))
}

/// All names of a scenario.
pub(crate) struct Labels {
    /// Of each queue.
    pub queues: Names,
    pub programs: Names,
    pub languages: Names,
    pub channels: Arc<[i32]>,
    pub directions: Arc<[i32]>,
    pub identities: Arc<[Identity]>,
    /// Whether a queue's customers are the buyer's own.
    pub own: Arc<[bool]>,
    /// Of each team.
    pub teams: Names,
    pub providers: Names,
    pub sites: Names,
    /// The program, as a key of `programs`, of a team that works for a single one and for nobody else.
    pub dedicated: Arc<[i32]>,
    /// Of each agent: those of the first team, then those of the second, and so on.
    pub agents: Names,
    /// Where a team's agents begin among them.
    pub first_agents: Arc<[usize]>,
}

/// What identifies a queue's contacts.
#[derive(Clone)]
pub(crate) struct Identity {
    /// How their identifiers begin.
    pub prefix: Vec<u8>,
    /// The streams they come from, which also give their customers' keys.
    pub streams: Streams,
}

impl Labels {
    pub(crate) fn new(scenario: &Scenario) -> Labels {
        let (queues, teams) = (&scenario.queues, &scenario.teams);
        let queue_names = || queues.iter().map(|queue| queue.name.as_str());
        let identity = |place: usize| {
            let queue = &queues[place];
            let alone = queue_names().filter(|name| *name == queue.name).count() == 1;
            let prefix = if alone { format!("{}-", queue.name) } else { format!("{}/{}-", queue.program, queue.name) };
            Identity { prefix: prefix.into_bytes(), streams: Streams::of(scenario.seed, scenario.run, queue) }
        };
        let mut first_agents = vec![0];
        for team in teams {
            first_agents.push(first_agents[first_agents.len() - 1] + team.agents.len());
        }
        let programs = Names::new(queues.iter().map(|queue| Some(queue.program.as_str())));
        Labels {
            queues: Names::new(queue_names().map(Some)),
            languages: Names::new(queues.iter().map(|queue| queue.language.as_deref())),
            channels: queues.iter().map(|queue| queue.channel as i32).collect(),
            directions: queues.iter().map(|queue| queue.direction as i32).collect(),
            identities: (0..queues.len()).map(identity).collect(),
            own: queues.iter().map(|queue| queue.own).collect(),
            teams: Names::new(teams.iter().map(|team| Some(team.name.as_str()))),
            providers: Names::new(teams.iter().map(|team| Some(team.provider.as_str()))),
            sites: Names::new(teams.iter().map(|team| team.site.as_deref())),
            dedicated: (0..teams.len())
                .map(|team| dedicated(scenario, team).map_or(NO_KEY, |queue| programs.keys[queue]))
                .collect(),
            programs,
            agents: Names::new(teams.iter().flat_map(|team| &team.agents).map(|agent| Some(agent.as_str()))),
            first_agents: first_agents.into(),
        }
    }
}

/// A queue of the one program that a team works for, if there is one.
fn dedicated(scenario: &Scenario, team: usize) -> Option<usize> {
    let serves = |queue: &Queue| queue.routes.iter().flat_map(Route::all_teams).any(|serving| serving == team);
    let first = scenario.queues.iter().position(serves)?;
    let same = |queue: &Queue| queue.own && queue.program == scenario.queues[first].program;
    scenario.queues.iter().filter(|queue| serves(queue)).all(same).then_some(first)
}
