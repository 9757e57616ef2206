//! What volumes come to in bands, and times by their length.

use jiff::civil::Date;
use longshore_contract::{Band, Bands, Bound, Counted, Length, Lengths, Tiers};
use longshore_units::{Exact, RoundHow};

use super::{Item, min, sum, zero};

/// Bands with their bounds in units.
pub(super) struct Steps<'b> {
    steps: Vec<(Exact, &'b Band)>,
    pub tiers: Tiers,
    /// The volume that chooses the band, where it is not the charge's own.
    pub chosen_by: Option<Exact>,
}

impl<'b> Steps<'b> {
    pub(super) fn new(bands: &'b Bands, tiers: Tiers, forecast: Option<&Exact>, chosen_by: Option<Exact>) -> Steps<'b> {
        let start = |band: &Band| match &band.from {
            Bound::Units(quantity) => quantity.0.clone(),
            Bound::OfForecast(share) => forecast.unwrap() * &share.0,
        };
        Steps { steps: bands.iter().map(|band| (start(band), band)).collect(), tiers, chosen_by }
    }

    pub(super) fn list_price(&self) -> Exact {
        unit_price(self.steps[0].1)
    }

    fn reached(&self, volume: &Exact) -> usize {
        let volume = self.chosen_by.as_ref().unwrap_or(volume);
        let is_reached = |(start, band): &(Exact, &Band)| if band.above { start < volume } else { start <= volume };
        self.steps.iter().rposition(is_reached).unwrap_or(0)
    }

    /// What a unit costs in the band that a volume reaches.
    pub(super) fn price_at(&self, volume: &Exact) -> Exact {
        unit_price(self.steps[self.reached(volume)].1)
    }

    /// How much of a volume lies in each band: what is below 0 for some days in the first.
    fn within(&self, volume: &Exact) -> Vec<Exact> {
        let part = |position: usize| {
            let from = &self.steps[position].0;
            let until = self.steps.get(position + 1).map_or(volume, |(next, _)| min(volume, next));
            if from < until || position == 0 { until - from } else { zero() }
        };
        (0..self.steps.len()).map(part).collect()
    }

    fn in_all(&self, volume: &Exact) -> Exact {
        sum(self.steps.iter().zip(self.within(volume)).map(|((_, band), units)| in_band(band, &units)))
    }

    /// What a volume comes to.
    pub(super) fn total(&self, volume: &Exact) -> Exact {
        let reached = self.reached(volume);
        let band = self.steps[reached].1;
        match self.tiers {
            Tiers::Graduated => {
                let fees = sum(self.steps[..=reached].iter().map(|(_, band)| band.fee.0.clone()));
                &self.in_all(volume) + &fees
            }
            Tiers::Volume => &in_band(band, volume) + &band.fee.0,
            Tiers::StairStep => band.fee.0.clone(),
        }
    }

    /// What the units cost, fees not among it, that took the volume from one to another; none before where the month is the
    /// period's first.
    pub(super) fn units_cost(&self, before: Option<&Exact>, after: &Exact) -> Exact {
        let cost = |volume: &Exact| match self.tiers {
            Tiers::Graduated => self.in_all(volume),
            Tiers::Volume => in_band(self.steps[self.reached(after)].1, volume),
            Tiers::StairStep => zero(),
        };
        &cost(after) - &before.map_or_else(zero, cost)
    }

    /// What a unit costs on a day of a month that began at a volume: all units of a day share alike in the bands that the
    /// day goes through. A day whose units sum to nothing is where it began.
    pub(super) fn of_day(&self, before: &Exact, items: &[Item], day: Date) -> Exact {
        let until = |days: &dyn Fn(Date) -> bool| {
            before + &sum(items.iter().filter(|item| days(item.day)).map(|item| item.units.clone()))
        };
        let (from, to, end) = (until(&|other| other < day), until(&|other| other <= day), until(&|_| true));
        let plain = |volume: &Exact| {
            sum(self.steps.iter().zip(self.within(volume)).map(|((_, band), units)| &unit_price(band) * &units))
        };
        match self.tiers {
            Tiers::Graduated => {
                let average = (&plain(&to) - &plain(&from)).divided_by(&(&to - &from));
                average.unwrap_or_else(|| self.price_at(&from))
            }
            Tiers::Volume => self.price_at(&end),
            Tiers::StairStep => zero(),
        }
    }
}

fn unit_price(band: &Band) -> Exact {
    band.block.as_ref().map_or_else(|| band.price.0.clone(), |block| band.price.0.divided_by(&block.size.0).unwrap())
}

/// What units come to in a band, its fee not among it.
fn in_band(band: &Band, units: &Exact) -> Exact {
    let units =
        band.block.as_ref().map_or_else(|| units.clone(), |block| units.rounded_to(&block.size.0, block.partial));
    let amount = &unit_price(band) * &units;
    band.most.as_ref().map_or_else(|| amount.clone(), |most| min(&amount, &most.0).clone())
}

/// The units that a row is billed, and what they cost.
pub(super) fn by_length(Lengths { lengths, whole }: &Lengths, counted: &Counted, units: &Exact) -> (Exact, Exact) {
    let unit = Exact::from(counted.time_unit().unwrap().milliseconds());
    let time = units * &unit;
    let from = |length: &Length| Exact::from(length.start.from.0);
    let stepped = |length: &Length, time: &Exact| time.rounded_to(&Exact::from(length.start.then.0), RoundHow::Up);
    // The bound itself lies in the part before.
    let reached = |time: &Exact| lengths.iter().rposition(|length| from(length) < *time).unwrap_or(0);
    let in_units = |time: &Exact| time.divided_by(&unit).unwrap();
    if *whole {
        let billed = stepped(&lengths[reached(&time)], &time);
        let units = in_units(&billed);
        return (units.clone(), &lengths[reached(&billed)].price.0 * &units);
    }
    let (mut billed, mut amount) = (zero(), zero());
    for (position, length) in lengths.iter().enumerate().filter(|(_, length)| from(length) < time) {
        let until = lengths.get(position + 1).map_or_else(|| time.clone(), |next| min(&from(next), &time).clone());
        let part = in_units(&stepped(length, &(&until - &from(length))));
        amount = &amount + &(&length.price.0 * &part);
        billed = &billed + &part;
    }
    (billed, amount)
}
