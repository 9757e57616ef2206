//! Chats: an agent takes several at once, each the slower.

use crate::patience::Impatient;
use crate::{Definition, QueueingError, Seconds, Share, Traffic};

/// How much longer a contact takes the more of them its agent has in hand.
///
/// With j in hand each progresses at the rate 1/s(j), so the agent finishes j/s(j) times what one contact alone would.
#[derive(Clone, Debug, PartialEq)]
pub struct Slowdown {
    factors: Vec<f64>, // Invariant: not empty, the first 1, none below the one before.
}

impl Slowdown {
    /// The most contacts that an agent takes at once.
    pub const MOST: usize = 100;

    /// One at a time.
    pub fn alone() -> Slowdown {
        Slowdown { factors: vec![1.0] }
    }

    /// `factors[j − 1]` is s(j); there are as many as an agent takes at once.
    pub fn new(factors: Vec<f64>) -> Result<Slowdown, QueueingError> {
        let grows = factors.windows(2).all(|pair| pair[0] <= pair[1]);
        let ends = factors.first() == Some(&1.0) && factors.last().is_some_and(|last| last.is_finite());
        match grows && ends && factors.len() <= Slowdown::MOST {
            true => Ok(Slowdown { factors }),
            false => Err(QueueingError::Slowdown),
        }
    }

    /// How many an agent takes at once.
    pub fn at_once(&self) -> u32 {
        self.factors.len() as u32
    }

    /// The most that an agent gets done of what one contact alone gets done.
    pub fn most(&self) -> f64 {
        let of = |(place, factor): (usize, &f64)| (place + 1) as f64 / factor;
        self.factors.iter().enumerate().map(of).fold(1.0, f64::max)
    }

    /// How much `agents` get done with so many contacts in hand, spread evenly, in what one contact alone would.
    fn rate(&self, agents: u32, contacts: u32) -> f64 {
        let (each, more) = (contacts / agents, contacts % agents);
        let of = |j: u32| if j == 0 { 0.0 } else { f64::from(j) / self.factors[j as usize - 1] };
        let above = if more == 0 { 0.0 } else { f64::from(more) * of(each + 1) };
        f64::from(agents - more) * of(each) + above
    }

    /// 1 ÷ the chance that all places are taken if nobody waited: as Erlang's Iₖ = 1 + μₖ/a · Iₖ₋₁, with the rate μₖ.
    fn inverse_full(&self, load: f64, agents: u32) -> f64 {
        let places = agents * self.at_once();
        (1..=places).fold(1.0, |inverse, taken| 1.0 + self.rate(agents, taken) / load * inverse)
    }
}

/// The service level of agents who take several contacts at once: those offered a place within the threshold.
///
/// `traffic` says how long a contact takes alone. A contact that comes goes to an agent with the fewest in hand, so they
/// are spread evenly: j contacts in the system of n agents are served at the rate μⱼ of the agents with ⌊j/n⌋ and those
/// with one more. That chain is exact where an agent's contacts stay spread, nearly so where one agent happens to finish
/// several in a row. Once all n·k places are taken it is [Erlang A](crate#erlang-a) (C without patience) of n·k servers
/// who each take s(k) times as long, so all that is new is the chance of a full house. With one at a time it is Erlang A.
pub fn service_level_together(
    traffic: &Traffic,
    agents: u32,
    slowdown: &Slowdown,
    threshold: Seconds,
    definition: Definition,
) -> Share {
    let (load, handle) = (traffic.load().get(), traffic.handle().get());
    if agents == 0 || slowdown.at_once() == 1 {
        return crate::service_level(traffic, agents, threshold, definition);
    }
    if load == 0.0 {
        return Share::ALL;
    }
    let places = f64::from(agents * slowdown.at_once());
    let slowest = slowdown.factors[slowdown.factors.len() - 1];
    let full = 1.0 / slowdown.inverse_full(load, agents);
    let missed = match traffic.patience() {
        Some(patience) => {
            let patience = patience.get();
            let queue = Impatient::behind(places * patience / (handle * slowest), load * patience / handle, full);
            queue.missed(threshold.get() / patience, definition)
        }
        None => {
            let busy = load * slowest / places; // Of what all can do.
            if busy >= 1.0 {
                1.0
            } else {
                let spare = (1.0 - busy) * places / (handle * slowest);
                full / (1.0 - busy * (1.0 - full)) * (-spare * threshold.get()).exp()
            }
        }
    };
    Share::computed(1.0 - missed)
}
