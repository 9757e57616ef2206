//! Who waits, and for whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::contact::Contact;
use crate::events::calendar::Event;
use crate::events::hands::Begun;
use crate::recorder::Leg;
use crate::scenario::{Also, Overflow, Scenario, Work};

/// Where contacts are that are on their way.
const NO_LINE: usize = usize::MAX;

/// A contact that waits.
pub(super) struct Waiting {
    pub contact: Contact,
    /// The month of its arrival.
    pub month: usize,
    /// When it joined its line.
    pub joined: i64,
    /// The line's first team, in whose name it waits.
    pub team: usize,
    /// Where it goes if it waits too long.
    pub overflow: Option<(Overflow, usize)>,
    /// Its visits before this one.
    pub earlier: Vec<Leg>,
    /// The queue in whose name it waits.
    pub queue: u32,
    /// The queue it goes on to when it is done here.
    pub onward: Option<usize>,
    /// What has been done of it, if it was put aside.
    pub begun: Option<Begun>,
    /// Its line.
    pub line: usize,
    order: Option<u64>, // Among those who joined in the same millisecond; stays when it is put aside.
    visit: u64,
}

impl Waiting {
    pub(super) fn new(
        contact: Contact,
        month: usize,
        joined: i64,
        team: usize,
        line: usize,
        overflow: Option<(Overflow, usize)>,
        earlier: Vec<Leg>,
    ) -> Box<Waiting> {
        let queue = contact.queue;
        Box::new(Waiting {
            contact,
            month,
            joined,
            team,
            overflow,
            earlier,
            queue,
            onward: None,
            begun: None,
            line,
            order: None,
            visit: 0,
        })
    }
}

/// The lines of a scenario. Contacts whose routes lead to the same teams, with the same priorities, wait in one line.
pub(super) struct Lines {
    lines: Vec<Line>,
    of_routes: Vec<Vec<Ways>>,
    of_teams: Vec<Vec<(bool, u8, usize)>>, // The lines that a team serves: what can be put aside last, the urgent first.
    waiting: Vec<[u32; 2]>,                // How many wait for a team, and how many of these can be worked on together.
    slots: Vec<Option<Box<Waiting>>>,      // Large, and handed on: boxed.
    free: Vec<u32>,
    visits: u64,
}

/// Where a route leads.
#[derive(Clone, Copy)]
pub(super) struct Ways {
    /// Its line.
    pub line: usize,
    /// Where who waits too long goes on to: the line of the second team.
    pub overflow: Option<(Overflow, usize)>,
}

struct Line {
    teams: Vec<Also>,
    work: Work,
    waiting: BTreeSet<Place>,
    first: Option<Place>, // Of these: looked at far more often than it changes.
}

/// When a contact joined, its order and its slot.
type Place = (i64, u64, u32);

impl Lines {
    pub(super) fn new(scenario: &Scenario) -> Lines {
        let (mut places, mut lines) = (BTreeMap::new(), Vec::new());
        let mut line_of = |teams: Vec<Also>, work: Work| {
            *places.entry((teams.clone(), work)).or_insert_with(|| {
                lines.push(Line { teams, work, waiting: BTreeSet::new(), first: None });
                lines.len() - 1
            })
        };
        let of_routes = scenario.queues.iter().map(|queue| {
            let routes = queue.routes.iter().map(|route| Ways {
                line: line_of(route.teams().collect(), queue.work),
                overflow: route.overflow.map(|overflow| {
                    let Overflow { team, priority, .. } = overflow;
                    (overflow, line_of(vec![Also { team, priority }], queue.work))
                }),
            });
            routes.collect()
        });
        let of_routes = of_routes.collect();
        let mut of_teams = vec![Vec::new(); scenario.teams.len()];
        for (place, line) in lines.iter().enumerate() {
            for also in &line.teams {
                of_teams[also.team].push((line.work == Work::PutAside, also.priority, place));
            }
        }
        of_teams.iter_mut().for_each(|lines: &mut Vec<_>| lines.sort_unstable());
        let waiting = vec![[0; 2]; scenario.teams.len()];
        Lines { lines, of_routes, of_teams, waiting, slots: Vec::new(), free: Vec::new(), visits: 0 }
    }

    /// Where a route of a queue leads.
    #[inline]
    pub(super) fn ways(&self, queue: usize, route: usize) -> Ways {
        self.of_routes[queue][route]
    }

    /// The teams that serve a line, the best first.
    #[inline]
    pub(super) fn teams(&self, line: usize) -> &[Also] {
        &self.lines[line].teams
    }

    /// How its contacts take up an agent.
    #[inline]
    pub(super) fn work(&self, line: usize) -> Work {
        self.lines[line].work
    }

    /// How many wait in it.
    #[inline]
    pub(super) fn len(&self, line: usize) -> usize {
        self.lines[line].waiting.len()
    }

    /// Keeps a contact that is on its way. Returns its slot and visit.
    pub(super) fn keep(&mut self, contact: Contact, month: usize, earlier: Vec<Leg>) -> (u32, u64) {
        let mut waiting = Waiting::new(contact, month, 0, 0, NO_LINE, None, earlier);
        self.number(&mut waiting);
        self.store(waiting)
    }

    /// Gives a contact its place in the order of joining. It keeps the first.
    pub(super) fn number(&mut self, waiting: &mut Waiting) {
        waiting.order.get_or_insert(self.visits);
        self.visits += 1;
    }

    /// A contact joins its line. Returns its slot and visit.
    pub(super) fn join(&mut self, mut waiting: Box<Waiting>) -> (u32, u64) {
        self.number(&mut waiting);
        let (joined, line, order) = (waiting.joined, waiting.line, waiting.order.unwrap_or(0));
        let (slot, visit) = self.store(waiting);
        let line = &mut self.lines[line];
        let place = (joined, order, slot);
        line.waiting.insert(place);
        line.first = Some(line.first.map_or(place, |first| first.min(place)));
        for also in &line.teams {
            let [all, together] = &mut self.waiting[also.team];
            *all += 1;
            *together += u32::from(line.work == Work::Together);
        }
        (slot, visit)
    }

    fn store(&mut self, mut waiting: Box<Waiting>) -> (u32, u64) {
        let visit = self.visits;
        self.visits += 1;
        waiting.visit = visit;
        if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = Some(waiting);
            return (slot, visit);
        }
        self.slots.push(Some(waiting));
        (self.slots.len() as u32 - 1, visit)
    }

    /// Whom an agent of a team takes next, of those who joined before then: the most urgent, among equals who joined
    /// first. With something in hand an agent takes only what can be worked on together.
    #[inline]
    pub(super) fn next(&self, team: usize, joined_before: i64, together: bool) -> Option<u32> {
        if self.waiting[team][usize::from(together)] == 0 {
            return None; // Most often.
        }
        let (mut best, mut urgent) = (None, (true, u8::MAX));
        for (aside, priority, place) in &self.of_teams[team] {
            if urgent < (*aside, *priority) && best.is_some() {
                break;
            }
            let line = &self.lines[*place];
            if let Some(first) = line.first
                && first.0 < joined_before
                && best.is_none_or(|best| first < best)
                && (!together || line.work == Work::Together)
            {
                (best, urgent) = (Some(first), (*aside, *priority));
            }
        }
        best.map(|(_, _, slot)| slot)
    }

    /// Takes a contact out of its line.
    pub(super) fn take(&mut self, slot: u32) -> Option<Box<Waiting>> {
        let waiting = self.slots[slot as usize].take()?;
        if let Some(line) = self.lines.get_mut(waiting.line) {
            let place = (waiting.joined, waiting.order.unwrap_or(0), slot);
            line.waiting.remove(&place);
            if line.first == Some(place) {
                line.first = line.waiting.first().copied();
            }
            for also in &line.teams {
                let [all, together] = &mut self.waiting[also.team];
                *all -= 1;
                *together -= u32::from(line.work == Work::Together);
            }
        }
        self.free.push(slot);
        Some(waiting)
    }

    /// Whether an event is one of the visit that its slot holds.
    #[inline]
    pub(super) fn holds(&self, event: &Event) -> bool {
        self.slots[event.slot as usize].as_ref().is_some_and(|waiting| waiting.visit == event.visit)
    }

    /// Everybody who still waits.
    pub(super) fn rest(self) -> impl Iterator<Item = Waiting> {
        self.slots.into_iter().flatten().map(|waiting| *waiting)
    }
}
