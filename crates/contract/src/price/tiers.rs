//! What a volume comes to in bands.

use longshore_units::{Amount, Exact, Price, Quantity, Rounding, plural_of};

use crate::invoice::{Detail, DetailKind};
use crate::{Band, Bands, Tiers};

/// A charge's bands as they hold for one group in one month: every bound in units.
#[derive(Debug)]
pub(super) struct Climb<'b> {
    steps: Vec<Step<'b>>, // Invariant: as `Bands`, except that bounds relative to a forecast of 0 are all 0.
    tiers: Tiers,
    /// The band that holds whatever the volume, where something else chooses it.
    chosen: Option<usize>,
    unit: &'static str,
}

#[derive(Debug)]
struct Step<'b> {
    start: Quantity,
    band: &'b Band,
}

impl Step<'_> {
    fn is_reached(&self, volume: &Quantity) -> bool {
        if self.band.above { self.start < *volume } else { self.start <= *volume }
    }

    /// What a unit costs on its own, outside any block.
    fn unit_price(&self) -> Price {
        match &self.band.block {
            Some(block) => Price(self.band.price.0.divided_by(&block.size.0).expect("a block has units")),
            None => self.band.price.clone(),
        }
    }

    /// What a detail of its units is.
    fn detail_kind(&self) -> DetailKind {
        if self.band.block.is_some() { DetailKind::Blocks } else { DetailKind::Units }
    }

    /// Units with what fills up their last block, or without what does not fill one.
    fn billed(&self, units: &Quantity) -> Quantity {
        let Some(block) = &self.band.block else { return units.clone() };
        let rounding = Rounding::new(block.size.0.clone(), block.partial).expect("a block has units");
        Quantity(units.0.rounded_to(rounding.to(), rounding.how()))
    }
}

/// What a volume comes to in one band.
#[derive(Clone, Debug, Default)]
struct Rung {
    /// The units priced here.
    units: Quantity,
    /// With those that fill up blocks.
    billed: Quantity,
    /// What they cost.
    amount: Amount,
    /// What the band's cap takes off, as a negative amount.
    cut: Amount,
    /// What the band costs besides.
    fee: Amount,
}

impl Rung {
    fn total(&self) -> Amount {
        &(&self.amount + &self.cut) + &self.fee
    }

    fn less(&self, before: &Rung) -> Rung {
        Rung {
            units: &self.units - &before.units,
            billed: &self.billed - &before.billed,
            amount: &self.amount - &before.amount,
            cut: &self.cut - &before.cut,
            fee: &self.fee - &before.fee,
        }
    }
}

/// What a month's units come to: their price, and what their bands cost besides.
#[derive(Clone, Debug, Default)]
pub(super) struct Climbed {
    /// What the units cost.
    pub units: Amount,
    /// Fees of bands, and what earlier months of the period get back.
    pub besides: Amount,
}

impl<'b> Climb<'b> {
    /// Bands with their bounds in units. `None` if one depends on a forecast that is not given.
    pub fn new(bands: &'b Bands, tiers: Tiers, forecast: Option<&Quantity>, unit: &'static str) -> Option<Climb<'b>> {
        let step = |band: &'b Band| Some(Step { start: band.from.units(forecast)?, band });
        let steps = bands.iter().map(step).collect::<Option<Vec<_>>>()?;
        Some(Climb { steps, tiers, chosen: None, unit })
    }

    /// The same bands, of which something else than the charge's own volume chooses one.
    pub fn chosen_by(mut self, volume: &Quantity) -> Climb<'b> {
        self.chosen = Some(self.reached(volume));
        self
    }

    /// What the bands' prices apply to.
    pub fn tiers(&self) -> Tiers {
        self.tiers
    }

    /// The price of the first unit: the list price.
    pub fn list_price(&self) -> Price {
        self.steps[0].unit_price()
    }

    /// The band that a volume reaches. The first is reached by any.
    fn reached(&self, volume: &Quantity) -> usize {
        let reached = self.steps.iter().rposition(|step| step.is_reached(volume));
        self.chosen.or(reached).unwrap_or(0)
    }

    /// What the units cost that take the volume from `before` to `after`, each at the price of its band, without blocks, caps
    /// and fees.
    pub fn between(&self, before: &Quantity, after: &Quantity) -> Amount {
        let part = |(position, step): (usize, &Step<'_>)| {
            let units = &self.within(position, after) - &self.within(position, before);
            &step.unit_price() * &units
        };
        match self.tiers {
            Tiers::Graduated => self.steps.iter().enumerate().map(part).sum(),
            Tiers::Volume => &self.price_of_all(after) * &(after - before),
            Tiers::StairStep => Amount::zero(),
        }
    }

    /// What a unit costs in the band that a volume reaches: with volume tiers, each of them.
    pub fn price_of_all(&self, volume: &Quantity) -> Price {
        self.steps[self.reached(volume)].unit_price()
    }

    /// How much of a volume lies in a band. Where days begin with more sales taken back than made, the volume is below 0 for a
    /// while: that lies in the first band.
    fn within(&self, position: usize, volume: &Quantity) -> Quantity {
        let start = &self.steps[position].start;
        let end = self.steps.get(position + 1).map_or(volume, |next| volume.min(&next.start));
        if start < end || position == 0 { end - start } else { Quantity::zero() }
    }

    /// What a volume comes to in each band, as a whole.
    fn rungs(&self, volume: &Quantity) -> Vec<Rung> {
        let reached = self.reached(volume);
        let rung = |(position, step): (usize, &Step<'_>)| match self.tiers {
            Tiers::Graduated if position <= reached => priced(step, self.within(position, volume)),
            Tiers::Volume | Tiers::StairStep if position == reached => priced(step, volume.clone()),
            _ => Rung::default(),
        };
        self.steps.iter().enumerate().map(rung).collect()
    }

    /// What a month comes to that takes the volume of its period from `before` to `after`; no volume before where the month
    /// is the first of its period, or the period is the month. Adds the bands to `detail`.
    pub fn month(&self, before: Option<&Quantity>, after: &Quantity, mut detail: impl FnMut(Detail)) -> Climbed {
        let mut climbed = Climbed::default();
        let (now, reached) = (self.rungs(after), self.reached(after));
        let mut earlier = before.map_or_else(|| vec![Rung::default(); self.steps.len()], |before| self.rungs(before));
        if self.tiers != Tiers::Graduated
            && let Some(before) = before
        {
            // All of the period's units have the price of the band that it reached: what earlier months paid is reckoned anew.
            let billed: Amount = earlier.iter().map(|rung| &rung.amount + &rung.cut).sum();
            let fee: Amount = earlier.iter().map(|rung| rung.fee.clone()).sum();
            let anew = priced(&self.steps[reached], before.clone());
            let back = &(&anew.amount + &anew.cut) - &billed;
            if !back.is_zero() {
                climbed.besides += &back;
                let rule =
                    if back < Amount::zero() { "rebate for earlier months" } else { "earlier months at this price" };
                detail(Detail { quantity: Some(before.clone()), ..plain(rule.to_owned(), back) });
            }
            earlier.fill(Rung::default());
            earlier[reached] = Rung { fee, ..anew };
        }
        for (position, step) in self.steps.iter().enumerate() {
            let rung = now[position].less(&earlier[position]);
            let is_empty = rung.units.is_zero() && rung.amount.is_zero();
            let is_shown = match self.tiers {
                Tiers::Graduated => !is_empty || position == 0,
                Tiers::Volume => !is_empty || position == reached,
                Tiers::StairStep => false, // Its units have no price.
            };
            if is_shown {
                climbed.units += &rung.amount;
                detail(Detail {
                    kind: step.detail_kind(),
                    quantity: Some(rung.billed.clone()),
                    price: Some(step.unit_price()),
                    ..plain(self.rule(position), rung.amount.clone())
                });
            }
            if let Some(most) = &step.band.most
                && !rung.cut.is_zero()
            {
                climbed.units += &rung.cut;
                detail(plain(format!("at most {most} {}", self.place(position)), rung.cut.clone()));
            }
            if !rung.fee.is_zero() {
                climbed.besides += &rung.fee;
                detail(plain(self.fee_rule(position), rung.fee.clone()));
            }
        }
        debug_assert_eq!(
            &climbed.units + &climbed.besides,
            &self.total(after) - &before.map_or_else(Amount::zero, |before| self.total(before)),
        );
        climbed
    }

    /// What a volume comes to as a whole.
    fn total(&self, volume: &Quantity) -> Amount {
        self.rungs(volume).iter().map(Rung::total).sum()
    }

    fn rule(&self, position: usize) -> String {
        let (unit, band) = (self.unit, self.steps[position].band);
        let what = match &band.block {
            Some(block) => {
                let units = if block.size.0 == Exact::one() { unit.to_owned() } else { plural_of(unit) };
                format!("blocks of {} {units} at {}", block.size, band.price)
            }
            None => format!("each {unit}"),
        };
        if self.steps.len() == 1 { what } else { format!("{what} {}", self.place(position)) }
    }

    fn fee_rule(&self, position: usize) -> String {
        let what = if self.tiers == Tiers::StairStep { "amount of the band" } else { "fee of the band" };
        if self.steps.len() == 1 { "fee".to_owned() } else { format!("{what} {}", self.place(position)) }
    }

    fn place(&self, position: usize) -> String {
        let step = &self.steps[position];
        format!("{} {}", if step.band.above { "above" } else { "from" }, step.start)
    }
}

fn priced(step: &Step<'_>, units: Quantity) -> Rung {
    let billed = step.billed(&units);
    let amount = &step.unit_price() * &billed;
    let cut = match &step.band.most {
        Some(most) if *most < amount => most - &amount,
        _ => Amount::zero(),
    };
    Rung { units, billed, amount, cut, fee: step.band.fee.clone() }
}

fn plain(rule: String, amount: Amount) -> Detail {
    super::draft::amount_detail(rule, amount)
}
