//! The customers of a queue: when they arrive and what they bring, drawn from the queue's streams a block at a time.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, Gamma, StandardNormal};

use crate::contact::{Contact, Customers, Dial, FOREVER, Further, deadline, milliseconds};
use crate::random::{Purpose, Streams};
use crate::scenario::{Part, Queue, Route, Scenario, Shape};

const NOTHING: Part = Part { share: 0.0, mean_ms: 0.0, shape: Shape::Exponential };

/// Contacts drawn at once: each stream runs in a tight loop, and all of them stay in the nearest cache.
const BLOCK: usize = 256;

/// Customers as the scenario describes them.
pub(crate) struct Demand<'a> {
    place: u32,
    queue: &'a Queue,
    streams: Streams,
    clock: Clock<'a>,
    patience: ChaCha8Rng,
    balks: Option<ChaCha8Rng>,
    parts: [PartDraws; 3], // Talk, hold, wrap.
    route: Option<ChaCha8Rng>,
    resolution: Option<ChaCha8Rng>,
    returns: Option<(ChaCha8Rng, ChaCha8Rng)>,
    block: Box<Block>,
    at: usize,
    len: usize,
    number: u64,
}

/// Draws of contacts to come, by purpose. What a scenario does not ask for keeps its constant and is never drawn:
/// every purpose has its own stream, so this changes no other.
struct Block {
    arrived: [i64; BLOCK],
    deadline: [i64; BLOCK],
    parts: [[f64; BLOCK]; 3],
    route: [f64; BLOCK],
    resolution: [f64; BLOCK],
    returns: [bool; BLOCK],
    return_after: [f64; BLOCK],
}

impl<'a> Demand<'a> {
    pub(crate) fn new(scenario: &'a Scenario, place: usize) -> Demand<'a> {
        let queue = &scenario.queues[place];
        let streams = Streams::of(scenario.seed, scenario.run, queue);
        let stream = |purpose| streams.of_purpose(purpose);
        let part =
            |part, size, share| PartDraws { length: Length::new(part), size: stream(size), share: stream(share) };
        let teams = queue.routes.iter().flat_map(Route::all_teams);
        // With one route for everyone and teams that resolve all or nothing, any number decides the same.
        let one_way = queue.routes.first().is_some_and(|route| route.share >= 1.0 && route.spans.is_none());
        let certain = teams.into_iter().all(|team| [0.0, 1.0].contains(&scenario.teams[team].resolved));
        let mut demand = Demand {
            place: place as u32,
            queue,
            streams,
            clock: Clock::new(scenario, queue, streams),
            patience: stream(Purpose::Patience),
            balks: (queue.balks > 0.0).then(|| stream(Purpose::Balk)),
            parts: [
                part(queue.talk, Purpose::Talk, Purpose::TalkShare),
                part(queue.hold, Purpose::Hold, Purpose::HoldShare),
                part(queue.wrap, Purpose::Wrap, Purpose::WrapShare),
            ],
            route: (!one_way).then(|| stream(Purpose::Route)),
            resolution: (!certain).then(|| stream(Purpose::Resolution)),
            returns: (queue.returns > 0.0).then(|| (stream(Purpose::Return), stream(Purpose::ReturnAfter))),
            block: Box::new(Block {
                arrived: [FOREVER; BLOCK],
                deadline: [FOREVER; BLOCK],
                parts: [[0.0; BLOCK]; 3],
                route: [0.0; BLOCK],
                resolution: [0.0; BLOCK],
                returns: [false; BLOCK],
                return_after: [0.0; BLOCK],
            }),
            at: 0,
            len: 0,
            number: 0,
        };
        demand.refill();
        demand
    }

    fn refill(&mut self) {
        let block = &mut *self.block;
        self.at = 0;
        self.len = self.clock.fill(&mut block.arrived);
        if let Some(mean) = self.queue.patience_mean_ms {
            for (last, arrived) in block.deadline.iter_mut().zip(&block.arrived[..self.len]) {
                *last = deadline(*arrived, mean * exponential(&mut self.patience));
            }
        }
        if let Some(balks) = &mut self.balks {
            for (last, arrived) in block.deadline.iter_mut().zip(&block.arrived[..self.len]) {
                if balks.random::<f64>() < self.queue.balks {
                    *last = *arrived;
                }
            }
        }
        for (draws, lengths) in self.parts.iter_mut().zip(&mut block.parts) {
            draws.fill(lengths);
        }
        for (stream, numbers) in [(&mut self.route, &mut block.route), (&mut self.resolution, &mut block.resolution)] {
            if let Some(stream) = stream {
                numbers.fill_with(|| stream.random());
            }
        }
        if let Some((decision, delay)) = &mut self.returns {
            block.returns.fill_with(|| decision.random::<f64>() < self.queue.returns);
            block.return_after.fill_with(|| self.queue.return_after_mean_ms * exponential(delay));
        }
    }
}

impl Customers for Demand<'_> {
    #[inline]
    fn next_at(&self) -> i64 {
        if self.at < self.len { self.block.arrived[self.at] } else { FOREVER }
    }

    #[inline]
    fn next(&mut self) -> Contact {
        let (block, at) = (&*self.block, self.at);
        let contact = Contact {
            queue: self.place,
            origin: self.place,
            hops: 0,
            attempt: 0,
            number: self.number,
            arrived: block.arrived[at],
            offered: block.arrived[at],
            deadline: block.deadline[at],
            route: block.route[at],
            talk: block.parts[0][at],
            hold: block.parts[1][at],
            wrap: block.parts[2][at],
            resolution: block.resolution[at],
            returns: block.returns[at],
            return_after: block.return_after[at],
        };
        self.number += 1;
        self.at += 1;
        if self.at == self.len {
            self.refill();
        }
        contact
    }

    /// Every number is drawn whether it is needed or not, so that each has its place whatever the scenario.
    fn repeat(&self, number: u64, attempt: u8, arrived: i64) -> Contact {
        let drawn = self.drawn(self.streams.of_repeat(number, attempt), arrived);
        let balks = 0.0 < self.queue.balks
            && self.streams.at_repeat(Purpose::RepeatBalk, number, attempt).random::<f64>() < self.queue.balks;
        Contact { attempt, number, deadline: if balks { arrived } else { drawn.deadline }, ..drawn }
    }

    fn receive(&self, contact: &Contact, origin: &Self, at: i64) -> Contact {
        let streams = self.streams_for(contact, origin);
        let Contact { origin, hops, attempt, number, arrived, .. } = *contact;
        let mut random = streams.of_visit(Purpose::Received, number, attempt, hops);
        let balks = random.random::<f64>() < self.queue.balks;
        let drawn = self.drawn(random, at);
        Contact { origin, hops, attempt, number, arrived, deadline: if balks { at } else { drawn.deadline }, ..drawn }
    }

    fn dial(&self, number: u64, attempt: u8) -> Dial {
        let mut random = self.streams.at_repeat(Purpose::Dial, number, attempt);
        let mut length = |part: Option<Part>| {
            let (length, uniform) = (Length::new(part.unwrap_or(NOTHING)), random.random());
            milliseconds(length.of(uniform, length.draw(&mut random)))
        };
        let list = self.queue.list.as_ref();
        let (ring, pickup) = (length(list.map(|list| list.ring)), length(list.map(|list| list.pickup)));
        Dial { ring, pickup, chance: random.random() }
    }

    fn further(&self, contact: &Contact, origin: &Self) -> Further {
        let Contact { hops, attempt, number, .. } = *contact;
        let mut random = self.streams_for(contact, origin).of_visit(Purpose::Further, number, attempt, hops);
        let mut number = || random.random::<f64>();
        let [escalation, elsewhere, containment, uniform] = [number(), number(), number(), number()];
        let (contained, machine) = self.queue.machine.map_or((false, 0), |machine| {
            let contained = containment < machine.contained;
            let length = Length::new(if contained { machine.length } else { machine.passage });
            (contained, milliseconds(length.of(uniform, length.draw(&mut random))))
        });
        Further { contained, machine, escalation, elsewhere }
    }
}

impl Demand<'_> {
    /// The streams that a contact's visits to this queue are drawn from.
    fn streams_for(&self, contact: &Contact, origin: &Self) -> Streams {
        if contact.origin == self.place { self.streams } else { self.streams.for_customers_of(origin.streams) }
    }

    /// A contact drawn at once.
    fn drawn(&self, mut random: Xoshiro256PlusPlus, arrived: i64) -> Contact {
        let queue = self.queue;
        let (route, resolution) = (random.random(), random.random());
        let returns = random.random::<f64>() < queue.returns;
        let return_after = queue.return_after_mean_ms * exponential(&mut random);
        let patience = exponential(&mut random);
        let [talk, hold, wrap] = [0, 1, 2].map(|part: usize| {
            let length = self.parts[part].length;
            length.of(random.random(), length.draw(&mut random))
        });
        let patience = queue.patience_mean_ms.map_or(FOREVER, |mean| deadline(arrived, mean * patience));
        Contact {
            queue: self.place,
            origin: self.place,
            hops: 0,
            attempt: 0,
            number: 0,
            arrived,
            offered: arrived,
            deadline: patience,
            route,
            talk,
            hold,
            wrap,
            resolution,
            returns,
            return_after,
        }
    }
}

/// One part of handle time and its streams.
struct PartDraws {
    length: Length,
    size: ChaCha8Rng,
    share: ChaCha8Rng,
}

impl PartDraws {
    fn fill(&mut self, lengths: &mut [f64; BLOCK]) {
        let PartDraws { length, size, share } = self;
        match length.share {
            0.0 => {}
            1.0 => lengths.fill_with(|| length.present(length.draw(size))),
            _ => lengths.fill_with(|| length.of(share.random(), length.draw(size))),
        }
    }
}

/// A gamma variable that varies less than this does not vary in milliseconds.
const LEAST_CV: f64 = 1e-6;

/// A [`Part`] ready to draw: with σ² = ln(1 + cv²), a lognormal length is (mean · exp(−σ²/2)) · exp(σ z).
#[derive(Clone, Copy)]
struct Length {
    share: f64,
    scale: f64,
    kind: Kind,
}

/// How a standard draw is made, and what is made of it.
#[derive(Clone, Copy)]
enum Kind {
    Exponential,
    Gamma(Gamma<f64>),
    Lognormal(f64),
}

impl Length {
    fn new(part: Part) -> Length {
        let Part { share, mean_ms, shape } = part;
        match shape {
            Shape::Exponential => Length { share, scale: mean_ms, kind: Kind::Exponential },
            Shape::Gamma { cv } if LEAST_CV < cv => match Gamma::new(1.0 / (cv * cv), cv * cv) {
                Ok(gamma) => Length { share, scale: mean_ms, kind: Kind::Gamma(gamma) },
                Err(_) => Length { share, scale: mean_ms, kind: Kind::Lognormal(0.0) }, // No cv within bounds.
            },
            Shape::Gamma { .. } => Length { share, scale: mean_ms, kind: Kind::Lognormal(0.0) },
            Shape::Lognormal { cv } => {
                let variance = (cv * cv).ln_1p();
                Length { share, scale: mean_ms * (-variance / 2.0).exp(), kind: Kind::Lognormal(variance.sqrt()) }
            }
        }
    }

    /// A standard draw of its shape.
    #[inline]
    fn draw(self, random: &mut impl Rng) -> f64 {
        match self.kind {
            Kind::Exponential => exponential(random),
            Kind::Gamma(gamma) => gamma.sample(random),
            Kind::Lognormal(_) => StandardNormal.sample(random),
        }
    }

    /// The length that belongs to a draw, for a contact that has this part.
    #[inline]
    fn present(self, draw: f64) -> f64 {
        match self.kind {
            Kind::Lognormal(sigma) => self.scale * (sigma * draw).exp(),
            _ => self.scale * draw,
        }
    }

    /// The same, or nothing, as the uniform number says.
    #[inline]
    fn of(self, uniform: f64, draw: f64) -> f64 {
        if uniform < self.share { self.present(draw) } else { 0.0 }
    }
}

#[inline]
fn exponential(random: &mut impl Rng) -> f64 {
    Exp1.sample(random)
}

/// The arrivals of a Poisson process whose rate varies, by change of time: in units of expected contacts, the gaps
/// between arrivals are exponential with mean 1. Exact, with one draw an arrival.
struct Clock<'a> {
    queue: &'a Queue,
    from: i64,
    until: i64,
    days: &'a [i64],
    gaps: ChaCha8Rng,
    busyness: [(f64, ChaCha8Rng); 2], // The queue's own and that of all, with their coefficients of variation.
    day: usize,                       // The day the segment lies in.
    busy: f64,                        // Its busyness.
    segment: (i64, i64),              // A stretch within one step and one day.
    expected: f64,                    // The segment's expected contacts,
    passed: f64,                      // and how many of them lie before the last arrival.
}

impl<'a> Clock<'a> {
    fn new(scenario: &'a Scenario, queue: &'a Queue, streams: Streams) -> Clock<'a> {
        let (from, until) = (scenario.horizon.from, scenario.horizon.until);
        let shared = Streams::of_all(scenario.seed, scenario.run);
        let day = scenario.day_starts.partition_point(|start| *start <= from).saturating_sub(1);
        let mut clock = Clock {
            queue,
            from,
            until,
            days: &scenario.day_starts,
            gaps: streams.of_purpose(Purpose::Arrival),
            busyness: [
                (queue.busyness_cv, streams.of_purpose(Purpose::Busyness)),
                (scenario.busyness_cv, shared.of_purpose(Purpose::SharedBusyness)),
            ],
            day,
            busy: 1.0,
            segment: (from, from),
            expected: 0.0,
            passed: 0.0,
        };
        clock.begin_day();
        clock
    }

    fn begin_day(&mut self) {
        const LEAST: f64 = 1e-12; // A variance below it moves no contact.
        self.busy = 1.0;
        for (cv, stream) in &mut self.busyness {
            let variance = *cv * *cv;
            if let (true, Ok(gamma)) = (LEAST < variance, Gamma::new(1.0 / variance, variance)) {
                self.busy *= gamma.sample(stream);
            }
        }
    }

    /// Moves on to the next segment. `false` at the horizon's end.
    fn advance(&mut self) -> bool {
        let from = self.segment.1;
        if self.until <= from {
            return false;
        }
        while self.days.get(self.day + 1).is_some_and(|start| *start <= from) {
            self.day += 1;
            self.begin_day();
        }
        let arrivals = &self.queue.arrivals;
        let step = (from - self.from) / arrivals.step_ms;
        let step_end = self.from + (step + 1) * arrivals.step_ms;
        let day_end = self.days.get(self.day + 1).copied().unwrap_or(FOREVER);
        let until = step_end.min(day_end).min(self.until);
        self.segment = (from, until);
        self.expected =
            arrivals.expected[step as usize] * self.busy * ((until - from) as f64 / arrivals.step_ms as f64);
        true
    }

    /// The next arrivals; fewer than asked for only at the horizon's end.
    fn fill(&mut self, arrivals: &mut [i64; BLOCK]) -> usize {
        for (count, arrival) in arrivals.iter_mut().enumerate() {
            self.passed += exponential(&mut self.gaps);
            while self.expected <= self.passed {
                self.passed -= self.expected;
                if !self.advance() {
                    self.expected = 0.0;
                    return count;
                }
            }
            let (from, until) = self.segment;
            let at = from + ((until - from) as f64 * (self.passed / self.expected)) as i64;
            *arrival = at.min(until - 1);
        }
        BLOCK
    }
}
